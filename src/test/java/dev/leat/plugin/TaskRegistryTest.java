package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRegistryTest {

    private final TaskRegistry registry =
            new TaskRegistry(List.of(builtIn("http", 1), builtIn("http", 10), builtIn("http", 2)));

    @Test
    void a_name_alone_means_the_newest_version() {
        assertThat(registry.find("http")).get().extracting(it -> it.type().version()).isEqualTo(10);
    }

    @Test
    void a_version_can_be_named() {
        assertThat(registry.find("http@2"))
                .get()
                .extracting(it -> it.type().version())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@1",
                "http@",
                "http@0",
                "http@3",
                "http@x",
                "http@99999999999",
                "HTTP"
            })
    void anything_else_is_not_found(String reference) {
        assertThat(registry.find(reference)).isEmpty();
    }

    @Test
    void types_are_ordered_by_name_and_version() {
        registry.replacePlugins(List.of(task("csv.profile", 1)));
        assertThat(registry.types())
                .extracting(TaskType::reference)
                .containsExactly("csv.profile@1", "http@1", "http@2", "http@10");
    }

    @Test
    void plugin_types_come_and_go_and_the_generation_grows() {
        var before = registry.generation();
        registry.replacePlugins(List.of(task("csv.profile", 1)));
        assertThat(registry.find("csv.profile")).isPresent();
        assertThat(registry.generation()).isGreaterThan(before);
        registry.replacePlugins(List.of());
        assertThat(registry.find("csv.profile")).isEmpty();
        assertThat(registry.find("http")).isPresent();
    }

    @Test
    void two_types_of_one_name_and_version_are_a_bug() {
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.replacePlugins(List.of(task("http", 2))))
                .withMessage("Two task types are called http@2");
        assertThat(registry.types()).hasSize(3);
    }

    private static BuiltIn builtIn(String name, int version) {
        return new BuiltIn() {
            @Override
            public TaskType type() {
                return task(name, version).type();
            }

            @Override
            public Outcome perform(TaskContext context) {
                return Outcome.succeeded(null);
            }
        };
    }

    private static RegisteredTask task(String name, int version) {
        var type = new TaskType(name, version, name, name, Map.of(), Map.of(), "test", "java");
        return new RegisteredTask(type, _ -> Outcome.succeeded(null));
    }
}
