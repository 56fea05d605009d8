package dev.leat.workflow.expression;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    @Override
    public @Nullable Object evaluateKnown(Scope scope) {
        InstantSource noClock =
                () -> {
                    throw new Unknown();
                };
        try {
            return known(part, source, new Frame(scope, noClock, new Meter(bounds)));
        } catch (StackOverflowError _) {
            throw new ExpressionException(Meter.LIMIT, "A value is nested too deep.");
        }
    }

    private static @Nullable Object known(Part part, @Nullable Object source, Frame frame) {
        if (part instanceof Part.Entries(var parts) && source instanceof Map<?, ?> written) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            parts.forEach((key, each) -> map.put(key, known(each, written.get(key), frame)));
            return map;
        }
        if (part instanceof Part.Items(var parts) && source instanceof List<?> written) {
            var list = new ArrayList<@Nullable Object>();
            for (int index = 0; index < parts.size(); index++) {
                list.add(known(parts.get(index), written.get(index), frame));
            }
            return list;
        }
        try {
            return part.evaluate(frame);
        } catch (Unknown notYet) {
            return source;
        }
    }
}
