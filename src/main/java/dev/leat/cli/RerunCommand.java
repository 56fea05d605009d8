package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rerun",
        header = "Run again what has ended.",
        description = {
            "",
            "Makes a new run and takes over the results of the tasks that are kept.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat rerun 0sbt32azqer00",
            "  leat rerun 0sbt32azqer00 --from load -i day=2026-11-01",
            "  leat rerun 0sbt32azqer00 --mark load=success"
        })
final class RerunCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "failed",
            description =
                    "failed: keep what succeeded; start: keep nothing; or a task, with all that comes after it (default: failed)")
    String from = "failed";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "KEY=VALUE",
            description = "an input; with any, these are all inputs of the new run")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "a revision's number, or current (default: the run's own)")
    @Nullable String revision;

    @Option(
            names = "--mark",
            paramLabel = "TASK=STATE",
            description = "a task that is to have ended so: success, failed or skipped")
    Map<String, String> marks = new LinkedHashMap<>();

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        var body = steering.body();
        body.put("from", from);
        if (!inputs.isEmpty()) {
            body.put("inputs", SteeringVerb.values(inputs));
        }
        if (revision != null) {
            body.put("revision", SteeringVerb.value(revision));
        }
        var marked = new LinkedHashMap<String, @Nullable Object>();
        marks.forEach((task, state) -> marked.put(task, Map.of("state", state)));
        body.put("mark", marked);
        return new SteeringVerb(host).steer(run, "rerun", body, steering.by);
    }
}
