// What the editor page takes from CodeMirror. build.sh makes assets/codemirror.js of it; the page's
// own script is assets/editor.js.

export { EditorState, Compartment } from "@codemirror/state";
export {
  EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, drawSelection,
} from "@codemirror/view";
export { defaultKeymap, history, historyKeymap, indentMore, indentLess } from "@codemirror/commands";
export {
  HighlightStyle, syntaxHighlighting, bracketMatching, indentOnInput, indentUnit, foldGutter, foldKeymap,
} from "@codemirror/language";
export { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
export {
  autocompletion, completionKeymap, completionStatus, closeBrackets, closeBracketsKeymap, startCompletion,
} from "@codemirror/autocomplete";
export { search, searchKeymap, highlightSelectionMatches } from "@codemirror/search";
export { json } from "@codemirror/lang-json";
export { yaml } from "@codemirror/lang-yaml";
export { tags } from "@lezer/highlight";
