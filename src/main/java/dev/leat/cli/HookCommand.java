package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "hook",
        header = "Sign a delivery and send it to a webhook.",
        description = {
            "",
            "To try a trigger of type 'webhook' as its sender would. The secret is looked for",
            "under its name: a file in $$LEAT_SECRETS_DIRECTORY, or $$LEAT_SECRET_<NAME>.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat hook nightly told --signature none --body '{\"day\": \"2026-01-01\"}'",
            "  leat hook sales.paid github --signature github --secret github --body @push.json"
        })
final class HookCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "WORKFLOW", description = "with its namespace")
    String workflow;

    @Parameters(index = "1", paramLabel = "TRIGGER", description = "the trigger's id")
    String trigger;

    @Option(
            names = "--body",
            paramLabel = "TEXT",
            description = "what is sent; @FILE reads a file (default: nothing)")
    String body = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "its Content-Type (default: ${DEFAULT-VALUE})")
    String type = "application/json";

    @Option(
            names = "--signature",
            paramLabel = "STYLE",
            description = "as the trigger has it: ${COMPLETION-CANDIDATES} (default: standard)")
    Style signature = Style.standard;

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "the name of the secret to sign with")
    @Nullable String secret;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "the delivery's id; the same id again starts nothing (default: a new one)")
    @Nullable String id;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "another header, such as X-GitHub-Event=push; any number of them")
    Map<String, String> headers = new LinkedHashMap<>();

    @Option(
            names = "--print",
            description = "print a curl command that does the same, instead of sending")
    boolean print;

    @Mixin CommonOptions common = new CommonOptions();

    /// The words of the trigger's `signature`.
    enum Style {
        standard,
        github,
        slack,
        bearer,
        none
    }

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new HookVerb(host).perform(this);
    }
}
