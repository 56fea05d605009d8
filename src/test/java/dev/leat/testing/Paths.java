package dev.leat.testing;

import dev.leat.store.Ids;
import java.util.LinkedHashMap;
import java.util.List;
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
        paths.put("search", "/search?q=night");
        paths.put("keyboard", "/keyboard");
        paths.put("views", "/views");
        paths.put("logs", "/logs");
        paths.put("logs-searched", "/logs?q=connection+refused");
        paths.put("logs-of-nonsense", "/logs?q=%22x");
        var failed = "/runs/" + Ids.text(day.failed()) + "/logs";
        paths.put("run-logs-searched", failed + "?q=connection&hit=2");
        paths.put("run-logs-only", failed + "?q=connection&only=true&time=relative&wrap=off");
        paths.put("approvals", "/approvals");
        paths.put("triggers", "/triggers");
        paths.put("trigger", "/workflows/" + Scenes.NIGHTLY + "/triggers/night");
        paths.put("ledger", "/ledger");
        paths.put("forecast", "/forecast");
        paths.put("calendars", "/calendars");
        paths.put("calendar", "/calendars/office");
        paths.put("calendar-editor", "/calendar-editor/calendar/office");
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
                "compare",
                "report",
                "timeline?show=path");
        tabs(paths, "running", day.running(), "timeline", "cancel");
        steering(paths, day);
        tabs(paths, "ok", day.succeeded(), "data");
        return paths;
    }

    /// The pages of a run that has so many tasks that no page shows all of them.
    public static Map<String, String> ofHuge(long run) {
        var paths = new LinkedHashMap<String, String>();
        var tabs = List.of("tasks", "timeline", "data", "logs", "history", "source", "report");
        var base = "/runs/" + Ids.text(run);
        paths.put("huge", base);
        tabs.forEach(tab -> paths.put("huge-" + tab, base + "/" + tab));
        paths.put("huge-path", base + "/timeline?show=path");
        paths.put("huge-further", base + "/timeline?after=300");
        paths.put("huge-task", base + "/tasks/task_2500");
        paths.put("huge-labels", base + "/labels");
        paths.put("huge-rerun", "/steer/" + Ids.text(run) + "/rerun");
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
            paths.put("run-" + name + "-" + tab.replaceAll("\\W", "-"), base + "/" + tab);
        }
        paths.put("task-" + name, base + "/tasks/load");
    }
}
