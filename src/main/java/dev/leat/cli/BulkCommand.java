package dev.leat.cli;

import dev.leat.store.RunState;
import dev.leat.task.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bulk",
        header = "Do the same with all runs that fit a filter.",
        description = {"", "Without --yes it only says how many fit. At most 10000 at once.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat bulk cancel --workflow nightly --state running",
            "  leat bulk rerun --state failed --label team=red --yes"
        })
final class BulkCommand implements HostVerb {

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "cancel, pause, resume, rerun or label")
    String action;

    @Option(names = "--workflow", paramLabel = "ID", description = "only runs of this workflow")
    @Nullable String workflow;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "only runs in this state: ${COMPLETION-CANDIDATES}")
    @Nullable RunState state;

    @Option(names = "--trigger", paramLabel = "WORD", description = "only runs started so")
    @Nullable String trigger;

    @Option(names = "--since", paramLabel = "TIME", description = "only runs made since then")
    @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only runs made before then")
    @Nullable String until;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "only runs with this label; may be repeated")
    List<String> labels = new ArrayList<>();

    @Option(names = "--all", description = "every run is meant, although nothing is filtered")
    boolean all;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            description = "with rerun: failed (the default), start or a task")
    @Nullable String from;

    @Option(
            names = "--set",
            paramLabel = "LABEL",
            description = "with label: NAME=VALUE or NAME-; may be repeated")
    List<String> set = new ArrayList<>();

    @Option(names = "--yes", description = "do it")
    boolean yes;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return SteeringVerb.refusable(() -> new SteeringVerb(host).bulk(checked(), steering.by));
    }

    /// @throws Refusal.Invalid where it would do what hardly anybody means
    private Map<String, @Nullable Object> checked() {
        var nothing =
                workflow == null
                        && state == null
                        && trigger == null
                        && since == null
                        && until == null
                        && labels.isEmpty();
        if (nothing && !all) {
            throw invalid(
                    "That would be every run. Say which, such as with --workflow or --state, or --all.");
        }
        var labelling = action.equalsIgnoreCase("label");
        if (labelling == set.isEmpty()) {
            throw invalid(
                    labelling
                            ? "Say which labels, with --set NAME=VALUE or --set NAME-."
                            : "--set goes with label only.");
        }
        return body();
    }

    private static Refusal.Invalid invalid(String sentence) {
        return new Refusal.Invalid(sentence, List.of());
    }

    private Map<String, @Nullable Object> body() {
        var body = steering.body();
        var filter = new LinkedHashMap<String, @Nullable Object>();
        filter.put("workflow", workflow);
        filter.put("state", state == null ? null : state.name());
        filter.put("trigger", trigger);
        filter.put("since", since);
        filter.put("until", until);
        filter.put("label", labels);
        body.put("action", action);
        body.put("filter", filter);
        body.put("all", all);
        body.put("from", from);
        LabelCommand.put(set, body);
        body.put("dryRun", !yes);
        return body;
    }
}
