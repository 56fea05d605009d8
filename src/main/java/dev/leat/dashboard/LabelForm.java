package dev.leat.dashboard;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The labels of a run as they are typed: one row for each that it has, and some empty ones.
///
/// @param problem what can't be kept as it is; empty for nothing
record LabelForm(List<Row> rows, String problem) {

    private static final int EMPTY_ROWS = 3;

    LabelForm {
        rows = List.copyOf(rows);
    }

    static LabelForm of(Map<String, String> labels) {
        var rows = new ArrayList<Row>();
        labels.forEach((name, value) -> rows.add(new Row(name, value, value, true, false)));
        for (int i = 0; i < EMPTY_ROWS; i++) {
            rows.add(new Row("", "", "", false, false));
        }
        return new LabelForm(rows, "");
    }

    /// @param controls `name`, `value`, `was` and `known` of each row, and `remove` with the names
    /// of those that are to go
    static LabelForm typed(MultivaluedMap<String, String> controls) {
        var names = all(controls, "name");
        var values = all(controls, "value");
        var were = all(controls, "was");
        var known = all(controls, "known");
        var remove = Set.copyOf(all(controls, "remove"));
        var rows = new ArrayList<Row>();
        for (int i = 0; i < names.size(); i++) {
            var isKnown = at(known, i).equals("true");
            var name = isKnown ? names.get(i) : names.get(i).strip();
            rows.add(
                    new Row(
                            name,
                            lines(at(values, i)),
                            lines(at(were, i)),
                            isKnown,
                            isKnown && remove.contains(name)));
        }
        return new LabelForm(rows, problem(rows));
    }

    private static List<String> all(MultivaluedMap<String, String> controls, String name) {
        return controls.getOrDefault(name, List.of());
    }

    private static String at(List<String> texts, int index) {
        return index < texts.size() ? texts.get(index) : "";
    }

    /// Browsers send the ends of lines in a way of their own.
    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }

    private static String problem(List<Row> rows) {
        var names = new HashSet<String>();
        for (var row : rows) {
            if (row.name.isEmpty() && !row.value.isBlank()) {
                return "Value '%s' needs a name.".formatted(row.value);
            }
            if (!row.name.isEmpty() && !names.add(row.name)) {
                return "Label '%s' is there twice; change the value of the first."
                        .formatted(row.name);
            }
        }
        return "";
    }

    LabelForm with(String sentence) {
        return new LabelForm(rows, sentence);
    }

    /// Those that are new or have another value. What somebody else changed meanwhile stays.
    Map<String, String> set() {
        var set = new LinkedHashMap<String, String>();
        for (var row : rows) {
            var changed = !row.known || !row.value.equals(row.was);
            if (!row.name.isEmpty() && !row.remove && changed) {
                set.put(row.name, row.value);
            }
        }
        return set;
    }

    Set<String> remove() {
        var remove = new LinkedHashSet<String>();
        rows.stream().filter(Row::remove).forEach(row -> remove.add(row.name));
        return remove;
    }

    /// @param was the value when the page was fetched
    /// @param known whether the run had the label then
    record Row(String name, String value, String was, boolean known, boolean remove) {

        public boolean severalLines() {
            return value.indexOf('\n') >= 0 || was.indexOf('\n') >= 0;
        }
    }
}
