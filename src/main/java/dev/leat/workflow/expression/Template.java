package dev.leat.workflow.expression;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A JSON value whose strings may hold `${ … }`, compiled once and evaluated often. Immutable, and
/// safe for any thread.
public interface Template {

    /// The value as written.
    @Nullable Object source();

    /// Whether it holds no expression, so that it evaluates to its source.
    boolean isConstant();

    /// Which roots its expressions name: `inputs`, `tasks`, …
    Set<String> roots();

    /// What is known of the value before it is evaluated, as a JSON Schema; empty where it can be
    /// anything.
    Map<String, @Nullable Object> type();

    /// @throws ExpressionException where an expression fails or passes a bound
    @Nullable Object evaluate(Scope scope);

    /// The value as far as it is known. A text stays as written where its expressions come to ask
    /// for what the scope answers with [Unknown], or for the time.
    ///
    /// @throws ExpressionException where an expression fails or passes a bound
    @Nullable Object evaluateKnown(Scope scope);

    /// What a scope throws for what isn't known yet.
    final class Unknown extends RuntimeException {
        public Unknown() {
            super(null, null, false, false);
        }
    }

    /// What the roots are, asked only for those that are used.
    @FunctionalInterface
    interface Scope {
        /// A JSON value in plain Java. A `Map` may be a lazy view: only the keys that the
        /// expression names are read.
        @Nullable Object root(String name);
    }
}
