package dev.leat.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.engine.DefinitionProblems;
import dev.leat.engine.DefinitionProblems.BadFile;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.Calendars;
import dev.leat.plugin.TaskRegistry;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class WorkflowFolderTest {

    @Inject MainOrchestrator orchestrator;
    @Inject WorkflowStore workflows;
    @Inject TaskRegistry registry;
    @Inject DefinitionProblems problems;
    @Inject CalendarDocuments documents;
    @Inject Calendars calendars;

    private static final String FREEZE =
            """
            {"id": "f-freeze", "windows": [{"from": "2026-12-24", "until": "2026-12-27"}]}""";

    @TempDir Path directory;
    private WorkflowFolder folder;

    record Config(Path directory, Duration poll) implements TriggerConfig {}

    @BeforeEach
    void an_empty_folder() {
        folder =
                new WorkflowFolder(
                        new Config(directory, Duration.ofHours(1)),
                        true,
                        orchestrator,
                        workflows,
                        registry,
                        problems,
                        new DocumentFiles(documents, calendars));
        folder.scan();
    }

    @Test
    void files_become_workflows_that_only_the_file_changes() throws IOException {
        write("f-one.json", workflow("f-one", "noop"));
        write("sub/f-two.yaml", "id: f-two\ntasks: [{id: a, type: noop}]\n");
        folder.scan();
        assertThat(origins())
                .containsEntry("f-one", "file:f-one.json")
                .containsEntry("f-two", "file:sub/f-two.yaml");
    }

    @Test
    void a_changed_file_is_a_new_revision_and_an_unchanged_one_is_not() throws IOException {
        write("f-change.json", workflow("f-change", "noop"));
        folder.scan();
        folder.scan();
        assertThat(workflows.versions("f-change", Integer.MAX_VALUE, 9)).hasSize(1);
        write("f-change.json", workflow("f-change", "noop") + "\n");
        folder.scan();
        assertThat(workflows.versions("f-change", Integer.MAX_VALUE, 9)).hasSize(2);
    }

    @Test
    void a_half_written_file_keeps_the_last_good_revision_and_is_reported() throws IOException {
        write("f-half.json", workflow("f-half", "noop"));
        folder.scan();
        write("f-half.json", workflow("f-half", "noop").substring(0, 20));
        folder.scan();
        assertThat(origins()).containsKey("f-half");
        assertThat(problems.files()).extracting(BadFile::path).containsExactly("f-half.json");
        assertThat(problems.files().getFirst().problems()).isNotEmpty();
        write("f-half.json", workflow("f-half", "noop") + " ");
        folder.scan();
        assertThat(problems.files()).isEmpty();
    }

    @Test
    void one_bad_file_hinders_no_other() throws IOException {
        Files.write(directory.resolve("a.json"), new byte[] {(byte) 0xff, 0, 1});
        write("b.json", "{}");
        write("f-good.json", workflow("f-good", "noop"));
        folder.scan();
        assertThat(origins()).containsKey("f-good");
        assertThat(problems.files()).extracting(BadFile::path).containsExactly("a.json", "b.json");
    }

    @Test
    void a_deleted_file_takes_its_workflow_off_the_list_also_after_a_restart() throws IOException {
        write("f-gone.json", workflow("f-gone", "noop"));
        folder.scan();
        Files.delete(directory.resolve("f-gone.json"));
        an_empty_folder();
        assertThat(origins()).doesNotContainKey("f-gone");
    }

    @Test
    void calendars_and_blackouts_are_no_workflows_and_belong_to_their_files() throws IOException {
        write("f-days.calendar.yaml", "id: f-days\nholidays: [2026-12-25]\n");
        write("f-ics.calendar.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
        write("f-freeze.blackout.json", FREEZE);
        write("f-bad.blackout.json", "{}");
        folder.scan();

        assertThat(origins()).doesNotContainKeys("f-days", "f-freeze");
        var christmas = LocalDate.parse("2026-12-25");
        assertThat(calendars.calendar("f-days").orElseThrow().isBusinessDay(christmas)).isFalse();
        assertThat(calendars.calendar("f-ics")).isPresent();
        assertThat(calendars.blackout("any", Instant.parse("2026-12-24T12:00:00Z"))).isPresent();
        assertThat(problems.files())
                .extracting(BadFile::path)
                .containsExactly("f-bad.blackout.json");
        assertThatThrownBy(() -> documents.delete(Kind.CALENDAR, "f-days", false))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("f-days.calendar.yaml");

        write("f-days.calendar.yaml", "id: f-days\nholidays: []\n");
        Files.delete(directory.resolve("f-freeze.blackout.json"));
        folder.scan();

        assertThat(calendars.calendar("f-days").orElseThrow().isBusinessDay(christmas)).isTrue();
        assertThat(calendars.blackout("any", Instant.parse("2026-12-24T12:00:00Z"))).isEmpty();

        Files.delete(directory.resolve("f-days.calendar.yaml"));
        Files.delete(directory.resolve("f-ics.calendar.ics"));
        an_empty_folder();

        assertThat(calendars.calendar("f-days")).isEmpty();
        assertThat(calendars.calendar("f-ics")).isEmpty();
    }

    @Test
    void a_folder_that_is_gone_deletes_nothing() throws IOException {
        write("f-stays.json", workflow("f-stays", "noop"));
        folder.scan();
        Files.delete(directory.resolve("f-stays.json"));
        Files.delete(directory);
        folder.scan();
        assertThat(origins()).containsKey("f-stays");
        Files.createDirectory(directory);
    }

    @Test
    void a_file_with_another_id_than_before_is_another_workflow() throws IOException {
        write("f-id.json", workflow("f-before", "noop"));
        folder.scan();
        write("f-id.json", workflow("f-after", "noop"));
        folder.scan();
        assertThat(origins()).containsKey("f-after").doesNotContainKey("f-before");
    }

    @Test
    void a_renamed_file_keeps_its_workflow() throws IOException {
        write("f-old.json", workflow("f-renamed", "noop"));
        folder.scan();
        Files.move(directory.resolve("f-old.json"), directory.resolve("f-new.json"));
        folder.scan();
        assertThat(origins()).containsEntry("f-renamed", "file:f-new.json");
    }

    @Test
    void of_two_files_with_one_id_one_is_reported_until_the_other_is_gone() throws IOException {
        write("f-a.json", workflow("f-twice", "noop"));
        folder.scan();
        write("f-b.json", workflow("f-twice", "noop"));
        folder.scan();
        assertThat(origins()).containsEntry("f-twice", "file:f-a.json");
        assertThat(problems.files()).extracting(BadFile::path).containsExactly("f-b.json");
        Files.delete(directory.resolve("f-a.json"));
        folder.scan();
        assertThat(origins()).containsEntry("f-twice", "file:f-b.json");
        assertThat(problems.files()).isEmpty();
    }

    @Test
    void a_file_takes_over_what_rest_has_stored() throws IOException {
        var source = new Source(workflow("f-rest", "noop"), Format.JSON, "request");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
        write("f-rest.json", workflow("f-rest", "noop"));
        folder.scan();
        assertThat(origins()).containsEntry("f-rest", "file:f-rest.json");
    }

    private Map<String, String> origins() {
        return workflows.current().stream()
                .collect(Collectors.toMap((WorkflowHead head) -> head.id, head -> head.origin));
    }

    private void write(String path, String text) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String workflow(String id, String type) {
        return "{\"id\": \"%s\", \"tasks\": [{\"id\": \"a\", \"type\": \"%s\"}]}"
                .formatted(id, type);
    }
}
