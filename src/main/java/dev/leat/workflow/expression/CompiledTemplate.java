package dev.leat.workflow.expression;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A value with its expressions planned.
final class CompiledTemplate implements Template {

    private final @Nullable Object source;
    private final Part part;
    private final Set<String> roots;
    private final Bounds bounds;
    private final InstantSource clock;

    CompiledTemplate(
            @Nullable Object source,
            Part part,
            Set<String> roots,
            Bounds bounds,
            InstantSource clock) {
        this.source = source;
        this.part = part;
        this.roots = Set.copyOf(roots);
        this.bounds = bounds;
        this.clock = clock;
    }

    @Override
    public @Nullable Object source() {
        return source;
    }

    @Override
    public boolean isConstant() {
        return part instanceof Part.Constant constant && constant.value() == source;
    }

    @Override
    public Set<String> roots() {
        return roots;
    }

    @Override
    public Map<String, @Nullable Object> type() {
        return Inferred.of(part);
    }

    @Override
    public @Nullable Object evaluate(Scope scope) {
        if (part instanceof Part.Constant constant) {
            return constant.value();
        }
        try {
            return part.evaluate(new Frame(scope, clock, new Meter(bounds)));
        } catch (StackOverflowError _) {
            throw new ExpressionException(Meter.LIMIT, "A value is nested too deep.");
        }
    }
}
