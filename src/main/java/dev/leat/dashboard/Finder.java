package dev.leat.dashboard;

import dev.leat.engine.SavedViews;
import dev.leat.engine.firing.Calendars;
import dev.leat.engine.firing.Triggers;
import dev.leat.plugin.TaskRegistry;
import dev.leat.store.Ids;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds what somebody may mean by a few words: a run by the beginning of its id, workflows,
/// triggers, task types, calendars, saved views, pages.
@ApplicationScoped
class Finder {

    /// Of each kind.
    private static final int MOST = 8;

    private static final List<Found> PAGES =
            List.of(
                    page("Overview", "what is going on", "/"),
                    page("Workflows", "all of them", "/workflows"),
                    page("New workflow", "write a definition in the editor", "/editor"),
                    page("Runs", "all of them", "/runs"),
                    page("Failed runs", "runs that failed", "/runs?state=FAILED"),
                    page("Running", "runs that go on", "/runs?state=RUNNING"),
                    page("Waiting runs", "runs in line, queued", "/runs?state=QUEUED"),
                    page("Logs", "search all logs", "/logs"),
                    page("Triggers", "schedules, webhooks, files, agenda", "/triggers"),
                    page("Ledger", "fires that came and were missed", "/ledger"),
                    page("Forecast", "what the clock starts in the next days", "/forecast"),
                    page("Approvals", "questions that wait for you", "/approvals"),
                    page("Calendars", "calendars and blackouts", "/calendars"),
                    page("Plugins", "task types and their documentation", "/plugins"),
                    page("System", "nodes, pools, health, version", "/system"),
                    page("Saved views", "lists with their filters", "/views"),
                    page("Keyboard", "shortcuts, keys, help", "/keyboard"));

    private final WorkflowStore workflows;
    private final RunStore runs;
    private final Triggers triggers;
    private final TaskRegistry types;
    private final Calendars calendars;
    private final SavedViews views;

    Finder(
            WorkflowStore workflows,
            RunStore runs,
            Triggers triggers,
            TaskRegistry types,
            Calendars calendars,
            SavedViews views) {
        this.workflows = workflows;
        this.runs = runs;
        this.triggers = triggers;
        this.types = types;
        this.calendars = calendars;
        this.views = views;
    }

    /// @param kind such as `Workflow`
    record Found(String kind, String title, String detail, String href) {}

    /// What fits best first. All pages where nothing is asked.
    List<Found> find(String asked) {
        var words = Sought.of(asked);
        return Stream.of(
                        runs(asked.strip()),
                        workflows(words),
                        PAGES.stream().filter(page -> words.in(page.title, page.detail)),
                        views(words),
                        triggers(words),
                        types(words),
                        calendars(words),
                        elsewhere(asked.strip()))
                .flatMap(found -> found)
                .toList();
    }

    private static Found page(String title, String detail, String href) {
        return new Found("Page", title, detail, href);
    }

    private Stream<Found> runs(String asked) {
        return Ids.beginning(asked.toLowerCase(Locale.ROOT)).stream()
                .flatMap(range -> runs.within(range, MOST).stream())
                .map(
                        run ->
                                new Found(
                                        "Run",
                                        Ids.text(run.id),
                                        run.workflow + ", " + Mark.of(run.state).word(),
                                        "/runs/" + Ids.text(run.id)));
    }

    private Stream<Found> workflows(Sought words) {
        if (words.nothing()) {
            return Stream.of();
        }
        var found =
                workflows.current().stream()
                        .filter(head -> words.in(head.id, head.name, head.description))
                        .limit(MOST)
                        .toList();
        return Stream.concat(
                found.stream().map(Finder::workflow), found.stream().limit(2).map(Finder::start));
    }

    private static Found workflow(WorkflowHead head) {
        var named = !head.name.isEmpty() && !head.name.equals(head.id);
        return new Found(
                "Workflow",
                named ? head.name : head.id,
                named ? head.id : head.description,
                "/workflows/" + head.id);
    }

    private static Found start(WorkflowHead head) {
        return new Found("Start", "Run " + head.id, "", "/workflows/" + head.id + "/run");
    }

    private Stream<Found> views(Sought words) {
        return views.all().stream()
                .filter(view -> words.in(view.name()))
                .limit(MOST)
                .map(view -> new Found("View", view.name(), view.path(), ViewPages.href(view)));
    }

    private Stream<Found> triggers(Sought words) {
        return words.nothing()
                ? Stream.of()
                : triggers.all().stream()
                        .filter(each -> words.in(each.workflow(), each.spec().id()))
                        .limit(MOST)
                        .map(
                                each ->
                                        new Found(
                                                "Trigger",
                                                each.spec().id(),
                                                each.workflow(),
                                                "/workflows/%s/triggers/%s"
                                                        .formatted(
                                                                each.workflow(),
                                                                each.spec().id())));
    }

    private Stream<Found> types(Sought words) {
        return words.nothing()
                ? Stream.of()
                : types.types().stream()
                        .filter(type -> words.in(type.name(), type.title()))
                        .limit(MOST)
                        .map(
                                type ->
                                        new Found(
                                                "Task type",
                                                type.name(),
                                                type.title(),
                                                "/plugins/types/" + type.name()));
    }

    private Stream<Found> calendars(Sought words) {
        return words.nothing()
                ? Stream.of()
                : calendars.calendars().stream()
                        .map(entry -> entry.stored().id())
                        .filter(words::in)
                        .limit(MOST)
                        .map(id -> new Found("Calendar", id, "", "/calendars/" + id));
    }

    /// Where to look for what is in no list.
    private static Stream<Found> elsewhere(String asked) {
        if (asked.isEmpty()) {
            return Stream.of();
        }
        var logs =
                new Found(
                        "Logs",
                        "Search all logs for “" + asked + "”",
                        "",
                        Address.of("/logs").with("q", asked).toString());
        return asked.matches("[^=\\s]+=\\S+")
                ? Stream.of(
                        new Found(
                                "Label",
                                "Runs with label " + asked,
                                "",
                                Address.of("/runs").with("label", asked).toString()),
                        logs)
                : Stream.of(logs);
    }
}
