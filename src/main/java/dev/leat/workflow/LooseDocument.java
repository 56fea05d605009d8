package dev.leat.workflow;

import dev.leat.workflow.WorkflowLoader.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be made out of a text while it is being written: it is mostly broken then, so nothing
/// is refused and much is guessed. The one truth on texts is the [WorkflowLoader].
final class LooseDocument {

    static final int DEEPEST = 100;

    private final String text;
    private final int caretAt;
    private @Nullable Caret caret;
    private Object root = new LinkedHashMap<String, Object>();

    private LooseDocument(String text, int caretAt) {
        this.text = text;
        this.caretAt = caretAt;
    }

    static LooseDocument read(String text, Format format, int caretAt) {
        var document = new LooseDocument(text, Math.clamp(caretAt, 0, text.length()));
        switch (format) {
            case JSON -> new LooseJson(document).read(0, List.of());
            case YAML -> new LooseYaml(document).read();
        }
        return document;
    }

    String text() {
        return text;
    }

    int caretAt() {
        return caretAt;
    }

    Optional<Caret> caret() {
        return Optional.ofNullable(caret);
    }

    boolean isWithin(int from, int to) {
        return from <= caretAt && caretAt <= to;
    }

    /// The first that claims the caret has it.
    void claim(List<Object> path, Caret.Role role, int from, int to, char quote) {
        if (caret == null && isWithin(from, to)) {
            caret = new Caret(path, role, from, to, text.substring(from, caretAt), quote);
        }
    }

    /// The path one step further down.
    static List<Object> below(List<Object> path, Object step) {
        var below = new ArrayList<>(path);
        below.add(step);
        return below;
    }

    /// Puts a value where it belongs, with the objects and lists around it.
    void put(List<Object> path, @Nullable Object value) {
        if (path.isEmpty()) {
            return;
        }
        if (path.getFirst() instanceof Integer && !(root instanceof List)) {
            root = new ArrayList<@Nullable Object>();
        }
        var at = root;
        for (int depth = 0; depth < path.size(); depth++) {
            var last = depth == path.size() - 1;
            var list = !last && path.get(depth + 1) instanceof Integer;
            at = below(at, path.get(depth), last, value, list);
            if (at == null) {
                return;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object below(
            Object at, Object step, boolean last, @Nullable Object value, boolean list) {
        var known = step(at, step);
        var fitting = list ? known instanceof List : known instanceof Map;
        var next = last || fitting ? (last ? value : known) : empty(list);
        if (at instanceof Map<?, ?> map && step instanceof String key) {
            if (last || !fitting) {
                ((Map<String, @Nullable Object>) map).put(key, next);
            }
        } else if (at instanceof List<?> items && step instanceof Integer index) {
            var values = (List<@Nullable Object>) items;
            while (values.size() <= index) {
                values.add(null);
            }
            if (last || !fitting) {
                values.set(index, next);
            }
        } else {
            return null;
        }
        return next;
    }

    private static Object empty(boolean list) {
        return list ? new ArrayList<@Nullable Object>() : new LinkedHashMap<String, Object>();
    }

    private static @Nullable Object step(@Nullable Object at, Object step) {
        if (at instanceof Map<?, ?> map) {
            return map.get(step);
        }
        return at instanceof List<?> list && step instanceof Integer index && index < list.size()
                ? list.get(index)
                : null;
    }

    /// The value at a path; null where there is none.
    @Nullable Object at(List<Object> path) {
        Object value = root;
        for (var step : path) {
            value = step(value, step);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    /// The members of the object at a path; none where it isn't one.
    Map<?, ?> object(List<Object> path) {
        return at(path) instanceof Map<?, ?> map ? map : Map.of();
    }

    /// The entries of the list under a key of the whole document.
    List<?> list(String key) {
        return at(List.of(key)) instanceof List<?> list ? list : List.of();
    }
}
