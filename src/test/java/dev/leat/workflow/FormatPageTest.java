package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/spec/01-workflow-format.md` says what the loader does.
class FormatPageTest {

    private static final Path PAGE = Path.of("docs/spec/01-workflow-format.md");

    @Test
    void its_examples_are_good() throws IOException {
        var examples = blocks("json");
        assertThat(examples).isNotEmpty();
        for (var example : examples) {
            assertThat(Loading.lines(Loading.json(example))).isEmpty();
        }
        for (var example : blocks("yaml")) {
            assertThat(Loading.lines(Loading.yaml(example))).isEmpty();
        }
    }

    @Test
    void it_has_every_key() throws IOException {
        var page = Files.readString(PAGE);
        var shapes =
                new ArrayList<>(
                        List.of(Keys.WORKFLOW, TaskKeys.TASK, TaskKeys.RETRY, TriggerKeys.TRIGGER));
        TriggerKeys.TRIGGER
                .variants()
                .values()
                .forEach(keys -> shapes.add(new Shape.Keyed("variant", keys, Map.of())));
        for (var shape : shapes) {
            for (var key : shape.keys()) {
                assertThat(page).contains("`" + key.name() + "`");
            }
        }
    }

    @Test
    void it_has_every_limit() throws IOException {
        var page = Files.readString(PAGE);
        Stream.of(WorkflowConfig.class.getMethods())
                .map(
                        method ->
                                method.getName()
                                        .replaceAll("([A-Z])", "-$1")
                                        .toLowerCase(Locale.ROOT))
                .forEach(setting -> assertThat(page).contains("`leat.workflow." + setting + "`"));
    }

    private static List<String> blocks(String language) throws IOException {
        var blocks =
                Pattern.compile("(?s)```" + language + "\n(.*?)```")
                        .matcher(Files.readString(PAGE));
        return blocks.results().map(block -> block.group(1)).toList();
    }
}
