package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.task.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "signal",
        header = "Tell all tasks that wait for a signal.",
        description = {"", "Where none waits for it, it is kept for the first that will.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat signal payment-received --key 4711 --payload 12.5"})
final class SignalCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "NAME", description = "the signal's name")
    String name;

    @Option(names = "--key", paramLabel = "KEY", description = "which of the signals of that name")
    String key = "";

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            description = "the output of those who wait; what isn't JSON is text")
    @Nullable String payload;

    @Option(
            names = "--keep",
            paramLabel = "DURATION",
            description = "how long it is kept where nobody waits (default: ${DEFAULT-VALUE})")
    String keep = "1d";

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return ApprovalsVerb.answered(
                () -> {
                    var count = host.signal(name, key, json(payload), Durations.parse(keep));
                    System.out.println(
                            count == 0
                                    ? "Nobody waits for it; it is kept for " + keep + "."
                                    : "Told " + (count == 1 ? "1 task." : count + " tasks."));
                });
    }

    private static @Nullable Object json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Json.read(text);
        } catch (IllegalArgumentException plainText) {
            return text;
        }
    }
}
