package dev.leat.workflow.expression;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles the expressions of definitions. Safe for any thread.
@ApplicationScoped
public class Expressions {

    private final Bounds bounds;
    private final InstantSource clock;
    private final Compiler compiler;

    @Inject
    Expressions(ExpressionsConfig config, InstantSource clock) {
        this(Bounds.of(config), clock);
    }

    Expressions(Bounds bounds, InstantSource clock) {
        this.bounds = bounds;
        this.clock = clock;
        this.compiler = new Compiler(bounds);
    }

    /// What `now()` reads.
    public InstantSource clock() {
        return clock;
    }

    /// The same with another clock.
    public Expressions at(InstantSource otherClock) {
        return new Expressions(bounds, otherClock);
    }

    /// With all bounds as they are by default, outside of a running server.
    public static Expressions standalone(InstantSource clock) {
        return new Expressions(Bounds.DEFAULTS, clock);
    }

    /// Compiles every string within a JSON value.
    public Compiled compile(@Nullable Object source, Declarations declarations) {
        var walk = new SourceWalk(compiler, declarations);
        return compiled(source, walk, walk.compile(source));
    }

    /// The same for what has to be true or false, such as `when`: anything that can't be is a
    /// problem.
    public Compiled compileCondition(@Nullable Object source, Declarations declarations) {
        var walk = new SourceWalk(compiler, declarations);
        return compiled(source, walk, walk.condition(source));
    }

    /// What may come next in an expression, for editors.
    ///
    /// @param path what stands before the last dot; nothing at the beginning of a name
    public List<Candidates.Candidate> candidates(List<String> path, Declarations declarations) {
        return Candidates.of(path, declarations, compiler.names());
    }

    private Compiled compiled(@Nullable Object source, SourceWalk walk, Part part) {
        var template = new CompiledTemplate(source, part, walk.roots(), bounds, clock);
        return new Compiled(template, walk.uses(), walk.problems());
    }
}
