package dev.leat.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.store.Json;
import dev.leat.testing.BuiltInTypes;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The types as the running application has them.
@QuarkusTest
class BuiltInTypesTest {

    private final TaskRegistry registry;
    private final PluginLoader loader;

    BuiltInTypesTest(TaskRegistry registry, PluginLoader loader) {
        this.registry = registry;
        this.loader = loader;
    }

    @Test
    void all_built_in_types_are_there() {
        assertThat(registry.types())
                .filteredOn(type -> type.origin().equals("built-in"))
                .extracting(TaskType::name)
                .containsExactlyElementsOf(BuiltInTypes.NAMES);
    }

    @Test
    void the_plugins_of_the_plugin_directory_are_there() {
        assertThat(loader.plugins()).extracting(PluginLoader.Plugin::name).contains("csv", "files");
        assertThat(registry.find("csv.profile")).isPresent();
    }

    @Test
    void a_type_explains_itself_and_each_parameter_and_its_examples_are_right() {
        for (var type : registry.types()) {
            assertThat(type.title()).as(type.name()).isNotBlank();
            assertThat(type.description()).as(type.name()).endsWith(".");
            var schema =
                    SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                            .getSchema(Json.write(type.parameters()), InputFormat.JSON);
            var examples = (List<?>) type.parameters().getOrDefault("examples", List.of());
            assertThat(examples).as(type.name()).isNotEmpty();
            for (var example : Objects.requireNonNull(examples)) {
                assertThat(schema.validate(Json.write(example), InputFormat.JSON))
                        .as(type.name() + " " + example)
                        .isEmpty();
            }
        }
    }
}
