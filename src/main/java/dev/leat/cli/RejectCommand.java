package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reject",
        header = "Reject what a task asks.",
        description = {"", "The first answer counts, and the task goes on by it.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat reject 0sbt32azqer00 release --comment reviewed"})
final class RejectCommand implements HostVerb {

    @Mixin AnswerOptions answer = new AnswerOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new ApprovalsVerb(host).decide(answer, false);
    }
}
