package dev.leat.cli;

import dev.leat.task.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "label",
        header = "Change the labels of a run.",
        description = {"", "NAME=VALUE adds or changes one, NAME- takes it away.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat label 0sbt32azqer00 team=red draft-"})
final class LabelCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "LABEL",
            description = "NAME=VALUE or NAME-")
    List<String> labels = new ArrayList<>();

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return SteeringVerb.refusable(
                () -> {
                    var body = steering.body();
                    put(labels, body);
                    return new SteeringVerb(host).label(run, body, steering.by);
                });
    }

    /// @throws Refusal.Invalid where one is written in another way
    static void put(List<String> labels, Map<String, @Nullable Object> body) {
        var set = new LinkedHashMap<String, String>();
        var remove = new ArrayList<String>();
        for (var label : labels) {
            var at = label.indexOf('=');
            if (at > 0) {
                set.put(label.substring(0, at), label.substring(at + 1));
            } else if (at < 0 && label.length() > 1 && label.endsWith("-")) {
                remove.add(label.substring(0, label.length() - 1));
            } else {
                throw new Refusal.Invalid(
                        "A label is written NAME=VALUE, or NAME- to take it away, not '%s'."
                                .formatted(label),
                        List.of());
            }
        }
        body.put("set", set);
        body.put("remove", remove);
    }
}
