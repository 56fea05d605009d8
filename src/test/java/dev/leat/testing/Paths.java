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
        paths.put("workflow-source", "/workflows/" + Scenes.NIGHTLY + "/source");
        paths.put("run-form", "/workflows/" + Scenes.NIGHTLY + "/run");
        paths.put("editor", "/editor");
        paths.put("editor-existing", "/editor/" + Scenes.NIGHTLY);
        paths.put("editor-example", "/editor?example=http");
        var versions = "/workflows/" + Scenes.CHANGED + "/versions";
        paths.put("versions", versions);
        paths.put("versions-compare", versions + "/compare?from=1&to=3");
        paths.put("version-restore", versions + "/1/restore");
        paths.put("version-run", "/workflows/" + Scenes.CHANGED + "/run?revision=1");
        paths.put("problems", "/problems");
        paths.put("calendar-editor", "/calendar-editor/calendar");
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
