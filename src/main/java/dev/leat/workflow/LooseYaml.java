package dev.leat.workflow;

import static dev.leat.workflow.Caret.NO_QUOTE;

import dev.leat.workflow.Caret.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads YAML line by line, by how far each is indented.
final class LooseYaml {

    private static final Pattern KEY =
            Pattern.compile(
                    "(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s\"'#{}\\[\\],][^:#\\n]*?)\\s*:(?=\\s|$)");
    private static final int LONGEST_KEY = 1_000;
    private static final Pattern BLOCK = Pattern.compile("[|>][-+0-9]*\\s*(#.*)?");

    private final LooseDocument document;
    private final String text;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int lineStart;
    private int lineEnd;

    LooseYaml(LooseDocument document) {
        this.document = document;
        this.text = document.text();
    }

    /// An object or a list that goes on where a line is indented like it.
    private static final class Level {
        final int indent;
        final boolean list;
        final List<Object> path;
        String key = "";
        int index = -1;

        Level(int indent, boolean list, List<Object> path) {
            this.indent = indent;
            this.list = list;
            this.path = path;
        }

        /// Where the value goes that comes next.
        List<Object> slot() {
            return LooseDocument.below(path, list ? (Object) index : key);
        }
    }

    void read() {
        var at = 0;
        while (at <= text.length()) {
            lineStart = at;
            var end = text.indexOf('\n', at);
            lineEnd = end < 0 ? text.length() : end;
            at = Math.max(line(), lineEnd) + 1;
        }
    }

    /// @return where the last character is that the line took
    private int line() {
        var at = lineStart;
        while (at < lineEnd && text.charAt(at) == ' ') {
            at++;
        }
        if (at == lineEnd || text.charAt(at) == '#') {
            if (at == lineEnd && document.isWithin(lineStart, lineEnd)) {
                empty(document.caretAt() - lineStart);
            }
            return lineEnd;
        }
        while (at < lineEnd
                && levels.size() < LooseDocument.DEEPEST
                && text.charAt(at) == '-'
                && (at + 1 == lineEnd || text.charAt(at + 1) == ' ')) {
            level(at - lineStart, true).index++;
            at++;
            while (at < lineEnd && text.charAt(at) == ' ') {
                at++;
            }
            if (at == lineEnd) {
                claimBlank(top().slot(), Role.EITHER, at);
                return lineEnd;
            }
        }
        return content(at);
    }

    private Level top() {
        return levels.isEmpty() ? new Level(0, false, List.of()) : levels.peek();
    }

    private Level level(int indent, boolean list) {
        while (!levels.isEmpty()
                && (top().indent > indent || top().indent == indent && top().list && !list)) {
            levels.pop();
        }
        if (levels.isEmpty() || top().indent < indent || top().list != list) {
            var path = levels.isEmpty() ? List.<Object>of() : top().slot();
            levels.push(new Level(indent, list, path));
        }
        return top();
    }

    private int content(int at) {
        var key = KEY.matcher(text).region(at, Math.min(lineEnd, at + LONGEST_KEY));
        if (key.lookingAt() && !text.startsWith("${", at)) {
            return member(at, key);
        }
        var indent = at - lineStart;
        while (levels.size() > 1 && top().indent > indent) {
            levels.pop();
        }
        var path =
                levels.isEmpty() || !top().list && top().indent >= indent
                        ? (levels.isEmpty() ? List.<Object>of() : top().path)
                        : top().slot();
        return value(at, path, Role.EITHER);
    }

    private int member(int at, Matcher key) {
        var level = level(at - lineStart, false);
        var written = key.group(1);
        var quote = written.charAt(0) == '"' || written.charAt(0) == '\'';
        level.key = quote ? written.substring(1, written.length() - 1) : written;
        var quotes = quote ? 1 : 0;
        document.claim(
                level.path,
                Role.KEY,
                at + quotes,
                at + written.length() - quotes,
                quote ? written.charAt(0) : NO_QUOTE);
        document.put(level.slot(), "");
        var start = key.end();
        while (start < lineEnd && text.charAt(start) == ' ') {
            start++;
        }
        if (start == lineEnd) {
            claimBlank(level.slot(), Role.VALUE, key.end());
            return lineEnd;
        }
        return value(start, level.slot(), Role.VALUE);
    }

    private int value(int at, List<Object> path, Role role) {
        var first = text.charAt(at);
        if (first == '{' || first == '[') {
            return new LooseJson(document).read(at, path) - 1;
        }
        if (BLOCK.matcher(text).region(at, lineEnd).matches()) {
            return block(path);
        }
        if (first == '"' || first == '\'') {
            var close = text.indexOf(first, at + 1);
            var end = close < 0 || close > lineEnd ? lineEnd : close;
            document.claim(path, role, at + 1, end, first);
            document.put(path, text.substring(at + 1, end));
            return lineEnd;
        }
        var comment = text.indexOf(" #", at);
        var end = comment < 0 || comment > lineEnd ? lineEnd : comment;
        var word = text.substring(at, end).stripTrailing();
        document.claim(path, role, at, end, NO_QUOTE);
        if (role == Role.VALUE || !path.isEmpty() && path.getLast() instanceof Integer) {
            document.put(path, LooseJson.plain(word));
        }
        return lineEnd;
    }

    /// All lines that are indented further than the key are text.
    private int block(List<Object> path) {
        var indent = top().indent;
        var from = Math.min(lineEnd + 1, text.length());
        var end = from;
        while (end < text.length()) {
            var stop = text.indexOf('\n', end);
            stop = stop < 0 ? text.length() : stop;
            var line = text.substring(end, stop);
            var depth = line.length() - line.stripLeading().length();
            if (!line.isBlank() && depth <= indent) {
                break;
            }
            document.claim(path, Role.VALUE, end + Math.min(depth, line.length()), stop, '|');
            end = stop + 1;
        }
        var last = Math.min(end, text.length());
        document.put(path, from >= last ? "" : text.substring(from, last));
        return Math.max(lineEnd, last - 1);
    }

    /// On an empty line, the column of the caret says what it would belong to.
    private void empty(int column) {
        var rest = new ArrayDeque<>(levels);
        while (!rest.isEmpty() && rest.element().indent > column) {
            rest.pop();
        }
        if (rest.isEmpty()) {
            claimBlank(List.of(), Role.KEY, lineStart);
            return;
        }
        var level = rest.element();
        if (level.indent == column && !level.list) {
            claimBlank(level.path, Role.KEY, lineStart);
        } else if (level.indent < column) {
            claimBlank(level.slot(), Role.EITHER, lineStart);
        }
    }

    private void claimBlank(List<Object> path, Role role, int from) {
        if (document.isWithin(from, lineEnd)) {
            document.claim(path, role, document.caretAt(), document.caretAt(), NO_QUOTE);
        }
    }
}
