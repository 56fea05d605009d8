package dev.leat.cli;

import dev.leat.engine.MainOrchestrator;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import dev.leat.workflow.Sarif;
import dev.leat.workflow.WorkflowLoader.Loaded;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `leat validate`.
@Dependent
class ValidateVerb {

    private final MainOrchestrator orchestrator;

    ValidateVerb(MainOrchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    int perform(ValidateCommand command) {
        var checked = command.files.stream().flatMap(this::checked).toList();
        switch (command.form()) {
            case json -> print(checked.stream().map(Checked::json).toList());
            case sarif ->
                    print(Sarif.log(Version.text(), checked.stream().map(Checked::sarif).toList()));
            case text -> checked.forEach(Checked::print);
        }
        return checked.stream().allMatch(Checked::valid) ? Exit.SUCCESS : Exit.REFUSED;
    }

    private static void print(Object json) {
        System.out.println(Json.writePretty(json));
    }

    /// A folder stands for the workflow files in it.
    private Stream<Checked> checked(String name) {
        try {
            return Sources.files(name).stream().map(this::check);
        } catch (Sources.Unreadable e) {
            return Stream.of(unreadable(name, e));
        }
    }

    private static Checked unreadable(String file, Sources.Unreadable e) {
        var problem = Problem.error("unreadable", "", e.sentence());
        return new Checked(file, "", new Loaded(null, List.of(problem)));
    }

    private Checked check(String file) {
        try {
            var source = Sources.workflow(file);
            return new Checked(file, source.text(), orchestrator.check(source));
        } catch (Sources.Unreadable e) {
            return unreadable(file, e);
        }
    }

    private record Checked(String file, String text, Loaded loaded) {

        boolean valid() {
            return !loaded.hasErrors();
        }

        Sarif.Checked sarif() {
            return new Sarif.Checked(file, loaded.problems());
        }

        void print() {
            new ProblemPrinter(System.out).print(file, text, loaded.problems());
            var workflow = loaded.workflow();
            if (valid() && workflow != null) {
                int tasks = workflow.tasks().size();
                System.out.printf(
                        "%s: valid (%s, %d %s)%n",
                        file, workflow.qualifiedId(), tasks, tasks == 1 ? "task" : "tasks");
            }
        }

        Map<String, @Nullable Object> json() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("file", file);
            json.put("valid", valid());
            var problems = new ArrayList<@Nullable Object>();
            loaded.problems().forEach(problem -> problems.add(problemJson(problem)));
            json.put("problems", problems);
            return json;
        }
    }

    static Map<String, @Nullable Object> problemJson(Problem problem) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
        json.put("code", problem.code());
        json.put("pointer", problem.pointer());
        json.put("line", problem.line());
        json.put("column", problem.column());
        json.put("message", problem.message());
        json.put("hint", problem.hint());
        return json;
    }
}
