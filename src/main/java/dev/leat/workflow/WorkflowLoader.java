package dev.leat.workflow;

import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.task.Problem;
import dev.leat.workflow.expression.Expressions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads, validates and normalises.
@ApplicationScoped
public class WorkflowLoader {

    private final Function<String, Optional<TaskType>> findType;
    private final Supplier<List<TaskType>> allTypes;
    private final Expressions expressions;
    private final Schemas schemas;
    private final WorkflowConfig config;

    @Inject
    WorkflowLoader(
            TaskRegistry registry,
            Expressions expressions,
            Schemas schemas,
            WorkflowConfig config) {
        this(
                reference -> registry.find(reference).map(RegisteredTask::type),
                registry::types,
                expressions,
                schemas,
                config);
    }

    WorkflowLoader(
            Function<String, Optional<TaskType>> findType,
            Supplier<List<TaskType>> allTypes,
            Expressions expressions,
            Schemas schemas,
            WorkflowConfig config) {
        this.findType = findType;
        this.allTypes = allTypes;
        this.expressions = expressions;
        this.schemas = schemas;
        this.config = config;
    }

    /// The same loader, whose workflows read another clock in their expressions.
    public WorkflowLoader at(InstantSource clock) {
        return new WorkflowLoader(findType, allTypes, expressions.at(clock), schemas, config);
    }

    /// Reads a text and finds everything that is wrong with it, ordered by position. Never throws
    /// for a bad text.
    public Loaded load(Source source) {
        var document = new DocumentReader(config).read(source);
        var report = document.report();
        var workflow =
                document.root()
                        .flatMap(root -> sound(root, report))
                        .map(root -> normalised(root, report));
        return new Loaded(report.isBroken() ? null : workflow.orElse(null), report.problems());
    }

    /// The values of a document that can be read, sound or not; empty where it can't be, or is no
    /// object.
    public Optional<Map<String, @Nullable Object>> document(Source source) {
        return new DocumentReader(config)
                .read(source)
                .root()
                .flatMap(
                        root ->
                                root instanceof Node.Mapping mapping
                                        ? Optional.of(mapping.plain())
                                        : Optional.empty());
    }

    private Optional<Node> sound(Node root, Report report) {
        return Optional.ofNullable(new Structure(report).sound(Place.root(root), Keys.WORKFLOW))
                .filter(workflow -> fewEnoughTasks(workflow, report));
    }

    private boolean fewEnoughTasks(Node workflow, Report report) {
        var place = Place.root(workflow);
        var count = 0;
        for (var key : List.of("tasks", "onFailure", "finally")) {
            count +=
                    place.member(key) instanceof Place list
                                    && list.node() instanceof Node.Sequence tasks
                            ? tasks.items().size()
                            : 0;
        }
        if (count > config.maxTasks()) {
            report.error(
                    place,
                    ProblemCode.TOO_MANY_TASKS,
                    "The workflow has %,d tasks; %,d are allowed."
                            .formatted(count, config.maxTasks()),
                    "split it into several workflows, or raise leat.workflow.max-tasks");
        }
        return count <= config.maxTasks();
    }

    private Workflow normalised(Node root, Report report) {
        var types = new KnownTypes(findType, allTypes);
        var compiler = new Compiler(expressions, report);
        return new WorkflowReader(types, compiler, schemas, report).read(Place.root(root));
    }

    public enum Format {
        JSON,
        YAML
    }

    /// @param name where the text is from, for messages: a path, or `request`
    public record Source(String text, Format format, String name) {}

    /// @param workflow null only where the text can't be read as a workflow at all; present with
    /// problems where a revision
    ///     that was good once has met a changed world, such as a plugin that is gone
    /// @param problems errors and warnings
    public record Loaded(@Nullable Workflow workflow, List<Problem> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }

        public boolean hasErrors() {
            return workflow == null || problems.stream().anyMatch(Problem::isError);
        }
    }
}
