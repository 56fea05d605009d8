package dev.leat.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    /// What the planner carries out itself, and old spellings that nothing writes any more.
    private static final Set<String> WITHOUT =
            Set.of(
                    "_&&_",
                    "_||_",
                    "_?_:_",
                    "@not_strictly_false",
                    "or",
                    "orValue",
                    "__not_strictly_false__",
                    "_in_");

    @Test
    void what_is_declared_is_there_for_every_number_of_arguments() {
        var vocabulary = new Vocabulary(CelOptions.current().build());
        var functions = Compiler.functions();
        for (var name : vocabulary.names()) {
            for (var declaration : vocabulary.of(name)) {
                for (CelOverloadDecl overload : declaration.overloads()) {
                    var count = overload.parameterTypes().size();
                    assertThat(WITHOUT.contains(name) || functions.find(name, count) != null)
                            .as("%s of %d", name, count)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void nothing_reaches_out_of_the_expression() {
        for (var name :
                Set.of(
                        "env", "getenv", "file", "read", "http", "fetch", "include", "eval", "exec",
                        "system", "random", "uuid")) {
            assertThat(ExpressionTesting.problem("${ " + name + "('x') }").code())
                    .isEqualTo("unknown-function");
        }
    }
}
