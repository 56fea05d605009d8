/// Expressions: `${ … }` in a definition, in [CEL](https://cel.dev). The only place that evaluates
/// anything.
///
/// In comes a JSON value as written and what is known where it stands ([Declarations]); out goes a
/// [Template], compiled once and evaluated often, and every [ExpressionProblem] found. Only
/// definitions are compiled, never data. Start at [Expressions].
@NullMarked
package dev.leat.workflow.expression;

import org.jspecify.annotations.NullMarked;
