package dev.leat.engine.simulation;

import dev.leat.engine.VirtualClock;
import dev.leat.engine.VirtualResult;
import dev.leat.engine.VirtualRun;
import dev.leat.engine.simulation.TestReport.Trouble;
import dev.leat.engine.simulation.TestResult.Failure;
import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.task.Durations;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.Inputs;
import dev.leat.workflow.Plan;
import dev.leat.workflow.Schemas;
import dev.leat.workflow.TestCase;
import dev.leat.workflow.TestDocument;
import dev.leat.workflow.TestReader;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Source;
import dev.leat.workflow.WorkflowResolver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs tests of workflows: each on a clock that stands at the test's `now` and jumps from there,
/// so that a day of backoff takes no time.
@ApplicationScoped
public class WorkflowTests {

    private final TestReader reader;
    private final WorkflowLoader loader;
    private final WorkflowResolver resolver;
    private final Inputs inputs;
    private final Schemas schemas;
    private final Function<String, Optional<RegisteredTask>> types;

    @Inject
    WorkflowTests(
            TestReader reader,
            WorkflowLoader loader,
            WorkflowResolver resolver,
            Inputs inputs,
            Schemas schemas,
            TaskRegistry registry) {
        this.reader = reader;
        this.loader = loader;
        this.resolver = resolver;
        this.inputs = inputs;
        this.schemas = schemas;
        this.types = registry::find;
    }

    /// Finds the text of the workflow under test.
    public interface Workflows {
        /// @param named as the document has it; null where it doesn't say
        /// @throws Refusal with a sentence where there is none
        Source find(@Nullable String named);

        /// Texts among which may be that of a workflow that a task starts.
        ///
        /// @param workflow qualified id
        /// @param revision number; 0 for the current one
        default Stream<Source> others(String workflow, int revision) {
            return Stream.empty();
        }
    }

    public TestReport run(Source tests, Workflows workflows) {
        var read = reader.read(tests);
        if (read.document().isEmpty()) {
            return troubled(tests, read.problems());
        }
        var document = read.document().get();
        Source source;
        try {
            source = workflows.find(document.workflow());
        } catch (Refusal missing) {
            return troubled(tests, List.of(noWorkflow(document, missing.sentence())));
        }
        var clock = new VirtualClock(Instant.EPOCH);
        var loaded = loader.at(clock).load(source);
        if (loaded.hasErrors() || loaded.workflow() == null) {
            return troubled(source, loaded.problems());
        }
        var unknown = document.problemsWith(loaded.workflow());
        if (!unknown.isEmpty()) {
            return troubled(tests, unknown);
        }
        var plan = resolver.resolve(loaded.workflow());
        return new TestReport(
                loaded.workflow().qualifiedId(),
                List.of(),
                document.tests().stream()
                        .map(test -> run(test, plan, clock, document, workflows))
                        .toList());
    }

    private static TestReport troubled(Source source, List<Problem> problems) {
        return new TestReport("", List.of(new Trouble(source, problems)), List.of());
    }

    private static Problem noWorkflow(TestDocument document, String sentence) {
        var pointer = document.workflow() == null ? "" : "/workflow";
        var at = document.position(pointer);
        return Problem.error("no-workflow", pointer, sentence).at(at.line(), at.column());
    }

    private TestResult run(
            TestCase test,
            Plan plan,
            VirtualClock clock,
            TestDocument document,
            Workflows workflows) {
        var began = System.nanoTime();
        clock.set(test.now());
        VirtualResult result = null;
        List<Difference> differences;
        var expectations = new Expectations(test);
        try {
            var events = new EventLog(test);
            result = carried(test, plan, clock, workflows, events);
            differences = expectations.differences(result, events);
        } catch (MissingMock missing) {
            differences = List.of(missing.difference());
        } catch (Refusal.Invalid refused) {
            differences = expectations.differencesOfRefusal(refused.sentence());
        }
        var line = document.position(test.pointer()).line();
        return new TestResult(
                test.name(),
                test.pointer(),
                line,
                differences.isEmpty(),
                Expectations.word(result == null ? null : result.state()),
                Durations.text(result == null ? Duration.ZERO : result.took()),
                (System.nanoTime() - began) / 10_000 / 100.0,
                differences.stream().map(each -> failure(each, document)).toList(),
                result == null ? List.of() : Timeline.lines(result));
    }

    private VirtualResult carried(
            TestCase test, Plan plan, VirtualClock clock, Workflows workflows, EventLog events) {
        var definitions = new ChildDefinitions(test, workflows, loader.at(clock), resolver);
        var run =
                new VirtualRun(
                        new VirtualRun.Setting(
                                plan,
                                inputs.accept(plan.workflow(), test.inputs()),
                                test.trigger(),
                                test.seed(),
                                test.slots(),
                                test.pools()),
                        new VirtualRun.Surroundings(
                                types, schemas, inputs, definitions, new MockedTasks(test, clock)),
                        clock);
        events.happenIn(run);
        return run.carry();
    }

    private static Failure failure(Difference difference, TestDocument document) {
        var at = document.position(difference.pointer());
        return new Failure(
                difference.pointer(),
                at.line(),
                at.column(),
                difference.message() + ".",
                difference.expected(),
                difference.actual(),
                difference.hint());
    }
}
