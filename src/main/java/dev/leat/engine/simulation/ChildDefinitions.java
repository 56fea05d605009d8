package dev.leat.engine.simulation;

import dev.leat.engine.VirtualRun.Definitions;
import dev.leat.engine.simulation.WorkflowTests.Workflows;
import dev.leat.task.Problem;
import dev.leat.workflow.Plan;
import dev.leat.workflow.TestCase;
import dev.leat.workflow.TestCase.Event;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The workflows that tasks of a tested run start runs of.
final class ChildDefinitions implements Definitions {

    private final TestCase test;
    private final Workflows workflows;
    private final WorkflowLoader loader;
    private final WorkflowResolver resolver;
    private final Map<String, Optional<Plan>> known = new HashMap<>();

    ChildDefinitions(
            TestCase test, Workflows workflows, WorkflowLoader loader, WorkflowResolver resolver) {
        this.test = test;
        this.workflows = workflows;
        this.loader = loader;
        this.resolver = resolver;
    }

    @Override
    public Plan find(String task, List<String> candidates, int revision) {
        var plan =
                candidates.stream()
                        .flatMap(workflow -> find(workflow, revision).stream())
                        .findFirst()
                        .orElseThrow(() -> missing(task, candidates.getFirst()));
        checkNames(task, plan.workflow());
        return plan;
    }

    private Optional<Plan> find(String workflow, int revision) {
        return known.computeIfAbsent(
                workflow + "@" + revision,
                _ ->
                        workflows
                                .others(workflow, revision)
                                .flatMap(source -> load(workflow, source).stream())
                                .findFirst());
    }

    private Optional<Plan> load(String workflow, WorkflowLoader.Source source) {
        var loaded = loader.load(source);
        var read = loaded.workflow();
        if (read == null || !read.qualifiedId().equals(workflow)) {
            return Optional.empty();
        }
        if (loaded.hasErrors()) {
            var first = loaded.problems().stream().filter(Problem::isError).findFirst();
            throw new MissingMock(
                    Difference.saying(
                            mocks(),
                            "The definition of '%s' has errors: %s:%s"
                                    .formatted(
                                            workflow,
                                            source.name(),
                                            first.map(Problem::toString).orElse(""))));
        }
        return Optional.of(resolver.resolve(read));
    }

    private MissingMock missing(String task, String workflow) {
        return new MissingMock(
                Difference.saying(
                                mocks(),
                                "'%s' starts a run of '%s', which isn't at hand: 'mocks' must say what comes of it"
                                        .formatted(task, workflow))
                        .hinting("such as \"mocks\": {\"%s\":{\"output\":{}}}".formatted(task)));
    }

    private String mocks() {
        return test.pointer() + "/mocks";
    }

    /// What the test says of the tasks of the child: before, nobody knew which there are.
    private void checkNames(String task, Workflow child) {
        names().filter(name -> isWithin(name.path, task))
                .filter(name -> !has(child, step(name.path, steps(task))))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new MissingMock(
                                    Difference.saying(
                                            name.pointer,
                                            "'%s' starts a run of '%s', which has no task '%s'"
                                                    .formatted(
                                                            task,
                                                            child.qualifiedId(),
                                                            step(name.path, steps(task)))));
                        });
    }

    private record Name(String path, String pointer) {}

    private Stream<Name> names() {
        var mocks =
                test.mocks().keySet().stream()
                        .map(path -> new Name(path, mocks() + "/" + Comparison.escaped(path)));
        var expected =
                test.expect().get("tasks") instanceof Map<?, ?> tasks
                        ? tasks.keySet().stream()
                                .map(String::valueOf)
                                .map(
                                        path ->
                                                new Name(
                                                        path,
                                                        test.pointer()
                                                                + "/expect/tasks/"
                                                                + Comparison.escaped(path)))
                        : Stream.<Name>empty();
        var events =
                test.events().stream()
                        .filter(Event.Answer.class::isInstance)
                        .map(Event.Answer.class::cast)
                        .map(answer -> new Name(answer.task(), answer.pointer()));
        return Stream.of(mocks, expected, events).flatMap(each -> each);
    }

    private static int steps(String path) {
        return path.split("/").length;
    }

    private static String step(String path, int number) {
        return path.split("/")[number].replaceFirst("\\.[0-9]+$", "");
    }

    private static boolean isWithin(String path, String task) {
        var length = steps(task);
        return steps(path) > length
                && MockedTasks.speaksOf(
                        String.join("/", List.of(path.split("/")).subList(0, length)), task);
    }

    private static boolean has(Workflow workflow, String task) {
        return Stream.of(workflow.tasks(), workflow.onFailure(), workflow.last())
                .flatMap(List::stream)
                .anyMatch(each -> each.id().equals(task));
    }
}
