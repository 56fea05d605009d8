package dev.leat.engine;

import dev.leat.engine.MainOrchestrator.Definition;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.Saved;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Change;
import dev.leat.store.Change.RevisionSaved;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.Revision;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import dev.leat.store.WorkflowStore.CurrentRevision;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Loaded;
import dev.leat.workflow.WorkflowLoader.Source;
import dev.leat.workflow.WorkflowResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The stored workflows: every text that passes the loader becomes an immutable revision.
@ApplicationScoped
class Definitions {

    private static final String FILE = "file:";
    private static final Optional<CurrentRevision> NOT_ASKED = Optional.empty();

    private final WorkflowStore workflows;
    private final WorkflowLoader loader;
    private final WorkflowResolver resolver;
    private final Plans plans;
    private final Journal journal;
    private final Ids ids;
    private final Membership membership;
    private final InstantSource clock;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /// What was the current revision when somebody asked last; empty where a process is alone.
    private final Map<String, CurrentRevision> current = new ConcurrentHashMap<>();

    Definitions(
            WorkflowStore workflows,
            WorkflowLoader loader,
            WorkflowResolver resolver,
            Plans plans,
            Journal journal,
            Ids ids,
            Membership membership,
            InstantSource clock) {
        this.workflows = workflows;
        this.loader = loader;
        this.resolver = resolver;
        this.plans = plans;
        this.journal = journal;
        this.ids = ids;
        this.membership = membership;
        this.clock = clock;
    }

    Loaded check(Source source) {
        return loader.load(source);
    }

    Saved save(SaveWorkflow request) {
        var loaded = loader.load(request.source());
        var workflow = sound(loaded, request.source());
        refuseOtherId(workflow, request, loaded);
        var head = workflows.workflow(workflow.qualifiedId());
        refuseForeignOwner(head, request);
        refuseStaleEdit(head, request);
        var hash = Payload.hash(request.source().text());
        var current = head.filter(found -> !found.deleted).flatMap(this::currentRevision);
        if (current.isPresent()
                && current.get().hash.equals(hash)
                && current.get().origin.equals(request.origin())) {
            return new Saved(current.get(), loaded, false);
        }
        var revision = revision(workflow, request.source(), head, hash, request, true);
        Writes.await(journal.write(List.of(revision)));
        plans.remember(revision.id(), resolver.resolve(workflow));
        changed(workflow.qualifiedId());
        return new Saved(workflows.revision(revision.id()).orElseThrow(), loaded, true);
    }

    void delete(String workflow, boolean byItsFile) {
        var head =
                workflows
                        .workflow(workflow)
                        .filter(found -> !found.deleted)
                        .orElseThrow(() -> unknown(workflow));
        if (head.origin.startsWith(FILE) && !byItsFile) {
            throw new Refusal.Conflict(
                    "Workflow '"
                            + workflow
                            + "' belongs to "
                            + path(head.origin)
                            + ". Delete the file.");
        }
        Writes.await(journal.write(List.of(new Change.WorkflowDeleted(workflow, clock.instant()))));
        changed(workflow);
    }

    void whenChanged(Consumer<String> action) {
        listeners.add(action);
    }

    /// The workflow has another current revision, or none.
    void changed(String workflow) {
        current.remove(workflow);
        listeners.forEach(listener -> listener.accept(workflow));
    }

    /// What a start request names, if that is a current revision and it is known which that was.
    /// The run is stored only if it still is, which is part of storing it. Nothing where asking
    /// takes no trip to another process.
    Optional<Definition> assumed(StartRun request) {
        if (!membership.shared() || request.definition() != null || request.revision() != 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(current.get(String.valueOf(request.workflow())))
                .map(known -> definition(known, true));
    }

    /// What a start request names: a stored revision, or a text of its own.
    Definition find(StartRun request) {
        return request.definition() != null
                ? once(request.definition())
                : stored(String.valueOf(request.workflow()), request.revision());
    }

    private Definition stored(String workflow, int number) {
        var asked = number == 0 ? askCurrent(workflow) : NOT_ASKED;
        if (asked.isPresent()) {
            return definition(asked.get(), false);
        }
        var head =
                workflows
                        .workflow(workflow)
                        .filter(found -> !found.deleted)
                        .orElseThrow(() -> unknown(workflow));
        var revision =
                (number == 0 ? currentRevision(head) : workflows.revision(workflow, number))
                        .orElseThrow(
                                () ->
                                        new Refusal.NotFound(
                                                "Workflow '"
                                                        + workflow
                                                        + "' has no revision "
                                                        + (number == 0 ? "to start" : number)
                                                        + "."));
        return Definition.stored(plans.of(revision), revision.id, revision.number, revision.hash);
    }

    private Optional<CurrentRevision> askCurrent(String workflow) {
        var asked = workflows.current(workflow);
        if (membership.shared()) {
            asked.ifPresentOrElse(
                    found -> current.put(workflow, found), () -> current.remove(workflow));
        }
        return asked;
    }

    private Definition definition(CurrentRevision found, boolean assumed) {
        return new Definition(
                plans.of(found.id()),
                found.id(),
                found.number(),
                found.hash(),
                Optional.empty(),
                assumed);
    }

    /// A text that was stored before is found again by its hash, so that running a file many times
    /// makes one revision.
    private Definition once(Source source) {
        var workflow = sound(loader.load(source), source);
        var hash = Payload.hash(source.text());
        var known = workflows.revisionWithHash(workflow.qualifiedId(), hash);
        if (known.isPresent()) {
            return Definition.stored(
                    plans.of(known.get()), known.get().id, known.get().number, hash);
        }
        var plan = resolver.resolve(workflow);
        var revision =
                revision(
                        workflow,
                        source,
                        workflows.workflow(workflow.qualifiedId()),
                        hash,
                        new SaveWorkflow(source, null, 0, "once", null),
                        false);
        plans.remember(revision.id(), plan);
        return new Definition(
                plan, revision.id(), revision.number(), hash, Optional.of(revision), false);
    }

    private RevisionSaved revision(
            Workflow workflow,
            Source source,
            Optional<WorkflowHead> head,
            String hash,
            SaveWorkflow request,
            boolean current) {
        return new RevisionSaved(
                ids.next(),
                workflow.qualifiedId(),
                head.map(found -> found.revisionNumber).orElse(0) + 1,
                hash,
                source.text(),
                source.format().name(),
                workflow.name(),
                workflow.description(),
                workflow.labels(),
                request.origin(),
                request.author(),
                request.message(),
                current,
                clock.instant());
    }

    private static Workflow sound(Loaded loaded, Source source) {
        if (loaded.hasErrors() || loaded.workflow() == null) {
            var errors = loaded.problems().stream().filter(Problem::isError).count();
            var count = errors == 1 ? "a problem" : errors + " problems";
            throw new Refusal.Invalid(
                    "The workflow in " + source.name() + " has " + count + " and was not taken.",
                    loaded.problems());
        }
        return loaded.workflow();
    }

    private static void refuseOtherId(Workflow workflow, SaveWorkflow request, Loaded loaded) {
        var expected = request.expectedId();
        if (expected != null && !expected.equals(workflow.qualifiedId())) {
            var sentence =
                    "The text says '"
                            + workflow.qualifiedId()
                            + "' and the address says '"
                            + expected
                            + "'. They must be the same.";
            throw new Refusal.Invalid(
                    sentence, List.of(Problem.error("id-mismatch", "/id", sentence)));
        }
    }

    private static void refuseForeignOwner(Optional<WorkflowHead> head, SaveWorkflow request) {
        head.filter(found -> !found.deleted && found.revision != null)
                .filter(
                        found ->
                                found.origin.startsWith(FILE)
                                        && !found.origin.equals(request.origin()))
                .ifPresent(
                        found -> {
                            throw new Refusal.Conflict(
                                    "Workflow '"
                                            + found.id
                                            + "' belongs to "
                                            + path(found.origin)
                                            + ". Edit the file, or use another id.");
                        });
    }

    private static void refuseStaleEdit(Optional<WorkflowHead> head, SaveWorkflow request) {
        var newest = head.map(found -> found.revisionNumber).orElse(0);
        if (request.expectedRevision() != 0 && request.expectedRevision() != newest) {
            throw new Refusal.Conflict(
                    "Somebody saved revision "
                            + newest
                            + " meanwhile; yours was made from revision "
                            + request.expectedRevision()
                            + ".");
        }
    }

    private Optional<Revision> currentRevision(WorkflowHead head) {
        return head.revision == null ? Optional.empty() : workflows.revision(head.revision);
    }

    private Refusal.NotFound unknown(String workflow) {
        var known =
                workflows.current().stream()
                        .map(head -> head.id)
                        .limit(10)
                        .collect(Collectors.joining(", "));
        return new Refusal.NotFound(
                "No workflow '"
                        + workflow
                        + "'."
                        + (known.isEmpty() ? " None is stored yet." : " Known: " + known + "."));
    }

    private static String path(String origin) {
        return "the file " + origin.substring(FILE.length());
    }
}
