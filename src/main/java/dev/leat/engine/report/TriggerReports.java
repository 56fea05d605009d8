package dev.leat.engine.report;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Backfills;
import dev.leat.engine.firing.Triggers;
import dev.leat.store.Backfill;
import dev.leat.store.Ids;
import dev.leat.store.TriggerFigures;
import dev.leat.store.TriggerFigures.Figures;
import dev.leat.store.TriggerFigures.Key;
import dev.leat.store.TriggerStore;
import dev.leat.store.TriggerStore.Filter;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells which triggers there are, what became of their fires, and what is made up for.
@ApplicationScoped
public class TriggerReports {

    private static final int NEXT = 5;
    private static final int ACTIVE = 100;
    private static final Duration DAY = Duration.ofHours(24);

    private final Triggers triggers;
    private final UpcomingFires upcoming;
    private final Backfills backfills;
    private final TriggerStore store;
    private final TriggerFigures figures;
    private final WorkflowStore workflows;
    private final InstantSource clock;

    TriggerReports(
            Triggers triggers,
            UpcomingFires upcoming,
            Backfills backfills,
            TriggerStore store,
            TriggerFigures figures,
            WorkflowStore workflows,
            InstantSource clock) {
        this.triggers = triggers;
        this.upcoming = upcoming;
        this.backfills = backfills;
        this.store = store;
        this.figures = figures;
        this.workflows = workflows;
        this.clock = clock;
    }

    /// @param workflow, type, paused, enabled null for any
    public record Question(
            @Nullable String workflow,
            @Nullable String type,
            @Nullable Boolean paused,
            @Nullable Boolean enabled) {

        private boolean fits(Armed trigger) {
            return (workflow == null || workflow.equals(trigger.workflow()))
                    && (type == null || type.equals(trigger.spec().type()))
                    && (paused == null || paused == trigger.paused())
                    && (enabled == null || enabled == trigger.spec().enabled());
        }
    }

    /// Those that fit, by workflow and in the definition's order.
    ///
    /// @param after `workflow/trigger` of the last one of the page before; null for the first page
    public List<TriggerReport> list(Question question, @Nullable String after, int limit) {
        var fitting = triggers.all().stream().filter(question::fits).toList();
        var from = 0;
        for (int at = 0; after != null && at < fitting.size(); at++) {
            if (key(fitting.get(at)).equals(after) || isBeyond(fitting.get(at), after)) {
                from = key(fitting.get(at)).equals(after) ? at + 1 : at;
                break;
            }
            from = at + 1;
        }
        return reports(fitting.stream().skip(from).limit(limit).toList());
    }

    private static String key(Armed trigger) {
        return trigger.workflow() + '/' + trigger.id();
    }

    /// The one after which the page begins may be gone by now.
    private static boolean isBeyond(Armed trigger, String after) {
        var at = after.lastIndexOf('/');
        return trigger.workflow().compareTo(at < 0 ? after : after.substring(0, at)) > 0;
    }

    /// Those of one workflow, in the definition's order.
    ///
    /// @throws Refusal.NotFound where there is no such workflow
    public List<TriggerReport> of(String workflow) {
        if (workflows.workflow(workflow).filter(head -> !head.deleted).isEmpty()) {
            throw new Refusal.NotFound(
                    "There is no workflow '%s'.".formatted(Texts.shown(workflow)));
        }
        return reports(triggers.of(workflow));
    }

    /// @throws Refusal.NotFound
    public TriggerReport get(String workflow, String trigger) {
        return report(triggers.get(workflow, trigger));
    }

    public TriggerReport report(Armed trigger) {
        return reports(List.of(trigger)).getFirst();
    }

    private List<TriggerReport> reports(List<Armed> shown) {
        var now = clock.instant();
        var keys = shown.stream().map(TriggerReports::figured).collect(Collectors.toSet());
        var known = figures.of(keys, now.minus(DAY));
        return shown.stream()
                .map(
                        trigger ->
                                report(
                                        trigger,
                                        Objects.requireNonNull(known.get(figured(trigger))),
                                        now))
                .toList();
    }

    private static Key figured(Armed trigger) {
        return new Key(trigger.workflow(), trigger.id());
    }

    private TriggerReport report(Armed trigger, Figures known, Instant now) {
        var spec = trigger.spec();
        var last = known.last();
        return new TriggerReport(
                trigger.workflow(),
                trigger.id(),
                spec.type(),
                TriggerWords.of(spec.kind()),
                trigger.revision(),
                spec.enabled(),
                pause(trigger),
                trigger.trouble(),
                spec.settings(),
                spec.labels(),
                spec.startAt(),
                spec.endAt(),
                spec.maxActive(),
                spec.pauseAfterFailures(),
                spec.kind() instanceof TriggerSpec.Clock clock ? zone(clock) : null,
                upcoming.next(trigger, now, NEXT),
                last == null ? null : FireReport.of(last),
                known.lately(),
                known.active().stream().limit(ACTIVE).map(Ids::text).toList(),
                spec.kind() instanceof TriggerSpec.Webhook ? url(trigger) : null);
    }

    private static String zone(TriggerSpec.Clock clock) {
        var id = clock.timing().zone().getId();
        return id.equals("Z") ? "UTC" : id;
    }

    private static String url(Armed trigger) {
        return "/hooks/" + trigger.workflow() + "/" + trigger.id();
    }

    private static TriggerReport.@Nullable Pause pause(Armed trigger) {
        var pause = trigger.state().pause();
        if (pause == null) {
            return null;
        }
        var trial = pause.trialRun();
        return new TriggerReport.Pause(
                pause.at(),
                pause.by(),
                pause.why(),
                pause.trialAt(),
                trial == null ? null : Ids.text(trial));
    }

    /// The first moments after one at which the trigger is expected to fire, paused or not.
    ///
    /// @throws Refusal.NotFound
    public List<Moment> next(String workflow, String trigger, @Nullable Instant from, int count) {
        var after = from == null ? clock.instant() : from.minusNanos(1_000);
        return upcoming.next(triggers.get(workflow, trigger), after, count);
    }

    /// What of all triggers is expected before a moment, in order, no more than asked; paused
    /// ones are left out.
    ///
    /// @param each the most of one trigger, so that one that fires often leaves room for others
    public List<Expected> agenda(Instant until, int limit, int each) {
        var now = clock.instant();
        var heap = new PriorityQueue<Line>(Comparator.comparing(line -> line.moment().due()));
        for (var trigger : triggers.all()) {
            if (!trigger.paused()) {
                line(trigger, now, 1).ifPresent(heap::add);
            }
        }
        var agenda = new ArrayList<Expected>();
        while (!heap.isEmpty()
                && agenda.size() < limit
                && heap.peek().moment().due().isBefore(until)) {
            var line = heap.remove();
            var trigger = line.trigger();
            agenda.add(new Expected(trigger.workflow(), trigger.id(), line.moment()));
            if (line.number() < each) {
                line(trigger, line.moment().nominal(), line.number() + 1).ifPresent(heap::add);
            }
        }
        return agenda;
    }

    private Optional<Line> line(Armed trigger, Instant after, int number) {
        return upcoming.next(trigger, after, 1).stream()
                .findFirst()
                .map(moment -> new Line(trigger, moment, number));
    }

    private record Line(Armed trigger, Moment moment, int number) {}

    public record Expected(String workflow, String trigger, Moment moment) {}

    /// The ledger, newest first.
    ///
    /// @param before only fires with a smaller id; `Long.MAX_VALUE` for the first page
    public List<FireReport> fires(Filter filter, long before, int limit) {
        return store.fires(filter, before, limit).stream().map(FireReport::of).toList();
    }

    /// Newest first.
    public List<BackfillReport> backfills(
            @Nullable String workflow, @Nullable String trigger, int limit) {
        return store.backfills(workflow, trigger, limit).stream().map(this::report).toList();
    }

    /// @throws Refusal.NotFound for any text that names none
    public BackfillReport backfill(String id) {
        return store.backfill(Ids.parse(id))
                .map(this::report)
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "There is no backfill '%s'.".formatted(Texts.shown(id))));
    }

    public BackfillReport report(Backfill backfill) {
        var active = store.activeRunsOf(backfill.id(), ACTIVE).stream().map(Ids::text).toList();
        return BackfillReport.of(backfill, store.countsOf(backfill.id()), active);
    }

    /// The moments that a backfill would start runs for, in order; those that a calendar skips are
    /// among them.
    ///
    /// @throws Refusal as [Backfills#preview]
    public List<Moment> backfillPreview(String workflow, String trigger, Instant from, Instant to) {
        var zone =
                triggers.get(workflow, trigger).spec().kind() instanceof TriggerSpec.Clock kind
                        ? kind.timing().zone()
                        : java.time.ZoneOffset.UTC;
        return backfills.preview(workflow, trigger, from, to).stream()
                .map(each -> Moment.of(each, zone))
                .toList();
    }
}
