package dev.leat.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value as a folding tree, cut where it would be too much to show.
///
/// @param name of the value in its parent; empty at the root
/// @param kind `object`, `array`, `string`, `number`, `boolean`, `null`, or `cut`
/// @param text of a plain value, or how many a container holds
/// @param open whether it starts unfolded
record Tree(String name, String kind, String text, List<Tree> children, boolean open) {

    private static final int MOST_VALUES = 600;
    private static final int LONGEST_TEXT = 2_000;
    private static final int OPEN_LEVELS = 2;
    private static final int OPEN_CHILDREN = 30;
    private static final int DEEPEST = 40;

    static Tree of(@Nullable Object value) {
        return new Maker().node("", value, 0);
    }

    public boolean container() {
        return kind.equals("object") || kind.equals("array");
    }

    private static final class Maker {
        private int made;

        Tree node(String name, @Nullable Object value, int depth) {
            made++;
            return switch (value) {
                case null -> leaf(name, "null", "null");
                case Map<?, ?> map -> object(name, map, depth);
                case List<?> list -> array(name, list, depth);
                case Boolean flag -> leaf(name, "boolean", flag.toString());
                case Double number -> leaf(name, "number", plain(number));
                case Number number -> leaf(name, "number", number.toString());
                default -> leaf(name, "string", clipped(String.valueOf(value)));
            };
        }

        private Tree object(String name, Map<?, ?> map, int depth) {
            var children = new ArrayList<Tree>();
            for (var entry : map.entrySet()) {
                if (full(depth)) {
                    children.add(cut(map.size() - children.size()));
                    break;
                }
                children.add(node(String.valueOf(entry.getKey()), entry.getValue(), depth + 1));
            }
            return container(name, "object", map.size(), children, depth);
        }

        private Tree array(String name, List<?> list, int depth) {
            var children = new ArrayList<Tree>();
            for (var item : list) {
                if (full(depth)) {
                    children.add(cut(list.size() - children.size()));
                    break;
                }
                children.add(node(String.valueOf(children.size()), item, depth + 1));
            }
            return container(name, "array", list.size(), children, depth);
        }

        private boolean full(int depth) {
            return made >= MOST_VALUES || depth >= DEEPEST;
        }

        private static Tree container(
                String name, String kind, int size, List<Tree> children, int depth) {
            var things = kind.equals("object") ? "key" : "item";
            return new Tree(
                    name,
                    kind,
                    Words.of(size, things),
                    List.copyOf(children),
                    depth < OPEN_LEVELS && children.size() <= OPEN_CHILDREN);
        }

        private static Tree leaf(String name, String kind, String text) {
            return new Tree(name, kind, text, List.of(), false);
        }

        private static Tree cut(int more) {
            return leaf("…", "cut", more + " more, in the raw JSON");
        }

        private static String clipped(String text) {
            return text.length() <= LONGEST_TEXT
                    ? text
                    : text.substring(0, LONGEST_TEXT)
                            + " … ("
                            + (text.length() - LONGEST_TEXT)
                            + " more characters, in the raw JSON)";
        }

        /// Whole numbers without `.0`, as JSON's writers do.
        private static String plain(double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.valueOf((long) number)
                    : String.valueOf(number);
        }
    }
}
