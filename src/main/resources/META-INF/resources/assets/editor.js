// The editor page beyond its textarea: CodeMirror, and beside it what the server says of the text
// while it is written. The textarea stays the form's field. Without this, the page is complete.

const one = selector => document.querySelector(selector);
const field = one("[data-editor]");
const form = field.form;
const format = form.elements.format;

/* What the server says */

const type = () => (format.value === "YAML" ? "application/yaml" : "application/json");
const pending = {};

/* The form as it would be sent, with its token. */
function sent(more = {}) {
  const fields = new URLSearchParams(new FormData(form));
  // A form's line breaks are CR LF; places in the text count them as one.
  fields.set("text", field.value);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  return fields;
}

/* The answer to the newest question of a kind; nothing where a newer one has been asked. */
async function ask(kind, address, body, headers = {}) {
  pending[kind]?.abort();
  const mine = (pending[kind] = new AbortController());
  try {
    const answer = await fetch(address, { method: "POST", body, headers, signal: mine.signal });
    if (!answer.ok) return undefined;
    return headers.Accept === "application/json" ? await answer.json() : await answer.text();
  } catch {
    return undefined;
  }
}

function later(millis, act) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, millis); };
}

function listed(problems) {
  const place = one("[data-problems]");
  if (problems.length === 0) {
    place.innerHTML = '<section class="why good" role="status"><h2><svg class="icon" aria-hidden="true"><use href="#i-success"/></svg>Nothing is wrong with it</h2></section>';
    return;
  }
  const section = document.createElement("section");
  section.className = problems.some(problem => problem.severity === "error") ? "why bad" : "why";
  section.setAttribute("aria-labelledby", "problems");
  section.innerHTML = '<h2 id="problems" role="status"><svg class="icon" aria-hidden="true"><use href="#i-warning"/></svg></h2><ul class="problems"></ul>';
  section.firstChild.append(`${problems.length} ${problems.length === 1 ? "problem" : "problems"}`);
  for (const problem of problems) {
    const item = document.createElement("li");
    item.className = problem.severity;
    if (problem.line > 0) {
      const at = document.createElement("span");
      at.className = "place";
      at.dataset.place = `${problem.line}:${problem.column}`;
      at.textContent = `line ${problem.line}, column ${problem.column}`;
      item.append(at, " ");
    }
    item.append(problem.message);
    if (problem.hint) item.append(" ", Object.assign(document.createElement("span"), { className: "quiet", textContent: problem.hint }));
    const code = document.createElement("a");
    code.href = `/problems#${problem.code}`;
    code.append(Object.assign(document.createElement("code"), { textContent: problem.code }));
    item.append(" ", code);
    section.lastChild.append(item);
  }
  place.replaceChildren(section);
  document.dispatchEvent(new Event("leat:marked"));
}

async function drawn() {
  const html = await ask("graph", "/editor/parts/graph", sent());
  const state = one("[data-preview-state]");
  if (html === undefined) return;
  if (!html.trim()) { state.textContent = "of the text as it last could be read"; return; }
  state.textContent = "of the text as it is";
  one("[data-preview]").innerHTML = html;
  document.dispatchEvent(new Event("leat:drawn"));
}

/* CodeMirror, in a shadow root: there its styles are sheets that scripts adopt, which the page's
   security policy allows, and no rule of the page reaches them. */

const { EditorState, Compartment, EditorView, ...cm } = await import(field.dataset.codemirror);

const look = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--surface)", border: "1px solid var(--strong-line)", borderRadius: "7px", fontSize: "13px", height: "min(68vh, 46rem)", overflow: "hidden" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--accent) 24%, transparent)" },
  ".cm-gutters": { background: "var(--raised)", color: "var(--quiet)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-activeLineGutter": { color: "var(--text)" },
  ".cm-foldPlaceholder": { background: "var(--raised)", border: "1px solid var(--line)", color: "var(--quiet)" },
  ".cm-matchingBracket": { background: "color-mix(in srgb, var(--good) 22%, transparent) !important", outline: "none" },
  ".cm-tooltip": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--strong-line)", borderRadius: "7px", boxShadow: "0 8px 26px #0004" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 9px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--surface)" },
  ".cm-completionDetail": { color: "var(--quiet)", fontStyle: "normal", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 11px", font: "13px/1.45 system-ui, sans-serif", maxWidth: "24em" },
  ".cm-diagnostic": { padding: "6px 10px", font: "13px/1.45 system-ui, sans-serif", borderLeft: "3px solid var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--wait)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--wait)", textUnderlineOffset: "3px" },
  ".cm-panels": { background: "var(--raised)", color: "var(--text)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-textfield": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--strong-line)", borderRadius: "5px" },
  ".cm-button": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--strong-line)", borderRadius: "5px" },
  ".cm-searchMatch": { background: "color-mix(in srgb, var(--wait) 30%, transparent)" },
});

const { tags } = cm;
const colours = cm.HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--hold)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--quiet)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const kinds = { key: "property", type: "class", value: "enum", task: "variable", root: "namespace", field: "property", function: "function" };

function taken(offer, to) {
  return (view, _completion, from) => {
    const text = offer.insert;
    view.dispatch({
      changes: { from, to: Math.max(to(view), view.state.selection.main.head), insert: text },
      selection: { anchor: from + text.length - offer.back },
      userEvent: "input.complete",
      scrollIntoView: true,
    });
    if (offer.back > 0 || /[:{[.]\s*$/.test(text)) cm.startCompletion(view);
  };
}

async function completions(context) {
  const before = context.state.sliceDoc(Math.max(0, context.pos - 2), context.pos);
  if (!context.explicit && !/[\w"'.$-]$|[:{,[-]\s$/.test(before)) return null;
  const text = context.state.doc.toString();
  if (!text.trim()) return null;
  const found = await ask("completions", `/api/completions?caret=${context.pos}`, text, { "Content-Type": type(), Accept: "application/json" });
  if (!found || found.items.length === 0) return null;
  const behind = found.to - context.pos;
  const to = view => Math.min(view.state.doc.length, view.state.selection.main.head + Math.max(0, behind));
  return {
    from: found.from,
    options: found.items.map((offer, at) => ({
      label: offer.label, detail: offer.detail, type: kinds[offer.kind], boost: 99 - Math.min(at, 190),
      info: offer.description ? () => Object.assign(document.createElement("span"), { textContent: offer.description }) : undefined,
      apply: taken(offer, to),
    })),
    validFor: /^\w*$/,
  };
}

const language = new Compartment();
const languageNow = () => (format.value === "YAML" ? cm.yaml() : cm.json());

const host = document.createElement("div");
host.className = "codemirror";
host.dataset.takesKeys = "";
const root = host.attachShadow({ mode: "open" });
const save = () => { form.requestSubmit(form.querySelector("[value=review]")); return true; };

const view = new EditorView({
  root,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      cm.lineNumbers(), cm.foldGutter(), cm.lintGutter(), cm.highlightActiveLine(), cm.highlightActiveLineGutter(),
      cm.highlightSpecialChars(), cm.history(), cm.drawSelection(), cm.indentOnInput(), cm.bracketMatching(), cm.closeBrackets(),
      cm.autocompletion({ override: [completions], icons: false, activateOnTypingDelay: 150 }), cm.search(), cm.highlightSelectionMatches(),
      cm.indentUnit.of("  "), EditorState.tabSize.of(2), EditorView.lineWrapping,
      language.of(languageNow()), look, cm.syntaxHighlighting(colours),
      EditorView.contentAttributes.of({ "aria-label": "Definition", "aria-describedby": "keys-inside", tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
      cm.keymap.of([
        { key: "Mod-s", run: save, preventDefault: true },
        ...cm.closeBracketsKeymap, ...cm.completionKeymap, ...cm.searchKeymap, ...cm.lintKeymap, ...cm.foldKeymap, ...cm.historyKeymap, ...cm.defaultKeymap,
        { key: "Tab", run: cm.indentMore, shift: cm.indentLess },
      ]),
      EditorView.updateListener.of(update => {
        if (update.docChanged) {
          field.value = update.state.doc.toString();
          field.dispatchEvent(new Event("input", { bubbles: true }));
          checkSoon();
          drawSoon();
        }
        if (update.docChanged || update.selectionSet) docsSoon();
      }),
    ],
  }),
});

/* Marks */

function mark(problems) {
  const { doc } = view.state;
  const diagnostics = problems.filter(problem => problem.line > 0).map(problem => {
    const line = doc.line(Math.min(problem.line, doc.lines));
    const from = Math.min(line.from + problem.column - 1, line.to);
    const word = /^(?:"(?:[^"\\]|\\.)*"?|[\w.@-]+|\S)/.exec(doc.sliceString(from, line.to));
    const to = word ? from + word[0].length : from;
    return { from: to > from ? from : Math.max(line.from, from - 1), to, severity: problem.severity === "error" ? "error" : "warning", source: problem.code, message: problem.hint ? `${problem.message} ${problem.hint}` : problem.message };
  });
  view.dispatch(cm.setDiagnostics(view.state, diagnostics));
}

async function check() {
  if (!field.value.trim()) return;
  const answer = await ask("check", "/api/workflows/validate", field.value, { "Content-Type": type(), Accept: "application/json" });
  if (!answer) return;
  mark(answer.problems);
  listed(answer.problems);
}

async function docs() {
  const html = await ask("docs", "/editor/parts/docs", sent({ caret: view.state.selection.main.head }));
  const place = one("[data-docs]");
  if (html !== undefined && place.innerHTML !== html && !place.contains(document.activeElement)) place.innerHTML = html;
}

const checkSoon = later(350, check);
const drawSoon = later(500, drawn);
const docsSoon = later(250, docs);

/* In the place of the textarea */

field.value = view.state.doc.toString();
field.hidden = true;
field.after(host);
// Single keys are the text's while one writes: what listens to them on the page sees only the host.
host.addEventListener("keydown", event => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
const keys = one("[data-keys]");
keys.hidden = false;
const inside = Object.assign(document.createElement("p"), { id: "keys-inside", hidden: true, textContent: keys.textContent });
root.append(view.dom, inside);
const label = one("label[for=text]");
label.removeAttribute("for");
label.addEventListener("click", () => view.focus());
one("[data-docs-panel]").hidden = false;

field.addEventListener("leat:go", event => {
  const { line, column } = event.detail;
  const at = view.state.doc.line(Math.min(line, view.state.doc.lines));
  const caret = Math.min(at.from + column - 1, at.to);
  view.dispatch({ selection: { anchor: caret }, effects: EditorView.scrollIntoView(caret, { y: "center" }) });
  view.focus();
});
format.addEventListener("change", () => { view.dispatch({ effects: language.reconfigure(languageNow()) }); check(); drawn(); docs(); });
addEventListener("keydown", event => { if ((event.ctrlKey || event.metaKey) && event.key === "s" && !event.defaultPrevented) { event.preventDefault(); save(); } });

const problems = [...document.querySelectorAll("[data-problems] [data-place]")];
if (problems.length > 0) check(); else if (field.value.trim()) ask("check", "/api/workflows/validate", field.value, { "Content-Type": type(), Accept: "application/json" }).then(answer => answer && answer.problems.length > 0 && (mark(answer.problems), listed(answer.problems)));
docs();
