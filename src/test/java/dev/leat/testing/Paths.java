package dev.leat.testing;

import dev.leat.store.Ids;
import java.util.LinkedHashMap;
import java.util.Map;

/// The address of every page of the dashboard, by what it shows.
public final class Paths {

    private Paths() {}

    public static Map<String, String> of(Scenes.Day day) {
        var paths = new LinkedHashMap<String, String>();
        paths.put("overview", "/");
        paths.put("workflows", "/workflows");
        paths.put("workflows-searched", "/workflows?q=orders");
        paths.put("workflow", "/workflows/" + Scenes.NIGHTLY);
        paths.put("workflows-failing", "/workflows?show=failing&sort=success");
        paths.put("workflow-task", "/workflows/" + Scenes.NIGHTLY + "?task=load");
        paths.put("workflow-runs", "/workflows/" + Scenes.NIGHTLY + "/runs");
        paths.put("workflow-runs-many", "/workflows/ingest-events/runs?count=100");
        paths.put("workflow-triggers", "/workflows/" + Scenes.NIGHTLY + "/triggers");
        paths.put("workflow-source", "/workflows/" + Scenes.NIGHTLY + "/source");
        paths.put("run-form", "/workflows/" + Scenes.NIGHTLY + "/run");
        paths.put("editor", "/editor");
        paths.put("editor-existing", "/editor/" + Scenes.NIGHTLY);
        paths.put("runs", "/runs");
        paths.put("runs-filtered", "/runs?state=FAILED");
        paths.put("approvals", "/approvals");
        paths.put("plugins", "/plugins");
        paths.put("task-type", "/plugins/types/noop");
        paths.put("system", "/system");
        paths.put("not-found", "/runs/0000000000000");
        tabs(
                paths,
                "failed",
                day.failed(),
                "tasks",
                "timeline",
                "data",
                "logs",
                "history",
                "source",
                "labels",
                "compare");
        tabs(paths, "running", day.running(), "timeline", "cancel");
        steering(paths, day);
        tabs(paths, "ok", day.succeeded(), "data");
        return paths;
    }

    private static void steering(Map<String, String> paths, Scenes.Day day) {
        var running = "/steer/" + Ids.text(day.running());
        paths.put("pause", running + "/pause");
        paths.put("mark", running + "/tasks/load/mark");
        paths.put("rerun", "/steer/" + Ids.text(day.failed()) + "/rerun");
        paths.put("bulk-chosen", "/steer/bulk?action=pause&run=" + Ids.text(day.running()));
        paths.put("bulk-filtered", "/steer/bulk?action=cancel&all=true&state=FAILED");
        paths.put("bulk-of-nothing", "/steer/bulk?action=cancel");
    }

    private static void tabs(Map<String, String> paths, String name, long run, String... tabs) {
        var base = "/runs/" + Ids.text(run);
        paths.put("run-" + name, base);
        for (var tab : tabs) {
            paths.put("run-" + name + "-" + tab, base + "/" + tab);
        }
        paths.put("task-" + name, base + "/tasks/load");
    }
}
