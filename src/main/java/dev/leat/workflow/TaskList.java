package dev.leat.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One of a workflow's three lists of tasks, before its tasks are read: their ids and who waits for
/// whom.
///
/// @param key of the document: `tasks`, `onFailure` or `finally`
/// @param ids empty where a task has none
/// @param numbers of the first task of each id
record TaskList(
        String key,
        List<Place> places,
        List<String> ids,
        Map<String, Integer> numbers,
        List<List<String>> dependsOn,
        Edges edges) {

    static TaskList of(Place workflow, String key) {
        var places = new ArrayList<Place>();
        var list = workflow.member(key);
        if (list != null && list.node() instanceof Node.Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                if (sequence.items().get(index) instanceof Node.Mapping) {
                    places.add(list.item(index));
                }
            }
        }
        return of(key, places);
    }

    private static TaskList of(String key, List<Place> places) {
        var ids = new ArrayList<String>(places.size());
        var numbers = HashMap.<String, Integer>newHashMap(places.size());
        var dependsOn = new ArrayList<List<String>>(places.size());
        for (var place : places) {
            var fields = new Fields(place);
            var id = fields.text("id", "");
            if (!id.isEmpty()) {
                numbers.putIfAbsent(id, ids.size());
            }
            ids.add(id);
            dependsOn.add(fields.texts("dependsOn"));
        }
        return new TaskList(key, places, ids, numbers, dependsOn, Edges.of(dependsOn, numbers));
    }

    int size() {
        return places.size();
    }

    /// Where a task names one it depends on.
    Place dependency(int task, String name) {
        var list = places.get(task).member("dependsOn");
        if (list == null) {
            return places.get(task);
        }
        var index = list.node() instanceof Node.Sequence ? entry(list, name) : -1;
        return index < 0 ? list : list.item(index);
    }

    private static int entry(Place list, String name) {
        var items = ((Node.Sequence) list.node()).items();
        for (int index = items.size() - 1; index >= 0; index--) {
            if (text(items.get(index)) instanceof String text && text.equals(name)) {
                return index;
            }
        }
        return -1;
    }

    private static @Nullable String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? text
                : null;
    }
}
