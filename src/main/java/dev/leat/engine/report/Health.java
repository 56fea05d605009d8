package dev.leat.engine.report;

import dev.leat.engine.MainOrchestrator;
import dev.leat.plugin.PluginLoader;
import dev.leat.store.DataDirectory;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What isn't well with this server, and what to do about it.
@ApplicationScoped
public class Health {

    private static final long GIGABYTE = 1L << 30;

    /// Enough for logs and a database to grow while somebody makes room.
    private static final long LITTLE_SPACE = 2 * GIGABYTE;

    private final Journal journal;
    private final Membership membership;
    private final MainOrchestrator orchestrator;
    private final PluginLoader plugins;
    private final DataDirectory data;

    Health(
            Journal journal,
            Membership membership,
            MainOrchestrator orchestrator,
            PluginLoader plugins,
            DataDirectory data) {
        this.journal = journal;
        this.membership = membership;
        this.orchestrator = orchestrator;
        this.plugins = plugins;
        this.data = data;
    }

    /// How bad a trouble is.
    public enum Severity {
        /// Runs don't go on.
        ERROR,
        /// They do, for now or not all of them.
        WARNING
    }

    /// @param name such as `journal`, for programs
    /// @param what a sentence
    /// @param advice what to do about it
    /// @param page where the dashboard tells more; empty for nowhere
    @RegisterForReflection
    public record Trouble(
            Severity severity, String name, String what, String advice, String page) {}

    /// Nothing where all is well; the worst first.
    public List<Trouble> troubles() {
        var found = new ArrayList<Trouble>();
        journal(found);
        node(found);
        space(found);
        plugins(found);
        found.sort((one, other) -> one.severity.compareTo(other.severity));
        return List.copyOf(found);
    }

    private void journal(List<Trouble> found) {
        var now = journal.statistics();
        if (now.trouble() != null) {
            found.add(
                    new Trouble(
                            Severity.ERROR,
                            "journal",
                            "Nothing can be written at the moment: " + now.trouble(),
                            "See that the database answers and its disk has room. Leat tries again"
                                    + " by itself; no run is lost, and none goes on until then.",
                            "/system"));
        } else if (!now.keepsUp()) {
            found.add(
                    new Trouble(
                            Severity.WARNING,
                            "journal",
                            String.format(
                                    Locale.ROOT, "%,d changes wait to be written.", now.queued()),
                            "The database doesn't keep up. Look at its disk, or start fewer runs at"
                                    + " once.",
                            "/system"));
        }
    }

    private void node(List<Trouble> found) {
        if (membership.draining()) {
            found.add(
                    new Trouble(
                            Severity.WARNING,
                            "draining",
                            "This node takes no more runs: it is being drained.",
                            "Stop it once its runs have ended, or start it anew.",
                            "/system"));
        } else if (!membership.holds()) {
            found.add(
                    new Trouble(
                            Severity.ERROR,
                            "lease",
                            "This node carries no runs: it has lost its lease.",
                            "It asks for a new one by itself. Should that last, look at the"
                                    + " connection to the database and at the clocks.",
                            "/system"));
        }
        var load = membership.load();
        var waiting = load.running() < load.slots() ? 0 : orchestrator.waiting();
        if (waiting > 0) {
            found.add(
                    new Trouble(
                            Severity.WARNING,
                            "slots",
                            String.format(
                                    Locale.ROOT,
                                    "All %,d slots of this node are taken, and %,d runs wait.",
                                    load.slots(),
                                    waiting),
                            "Give it more slots (leat.engine.max-running-tasks), or start another node.",
                            "/runs?state=QUEUED"));
        }
    }

    private void space(List<Trouble> found) {
        try {
            var free = Files.getFileStore(data.path()).getUsableSpace();
            if (free < LITTLE_SPACE) {
                found.add(
                        new Trouble(
                                Severity.WARNING,
                                "disk",
                                String.format(
                                        Locale.ROOT,
                                        "The disk of the data folder has %.1f GB left.",
                                        (double) free / GIGABYTE),
                                "Make room, or keep logs and runs for a shorter time.",
                                "/system"));
            }
        } catch (IOException _) {
            // No answer is no news: what needs the folder says so itself.
        }
    }

    private void plugins(List<Trouble> found) {
        var broken = plugins.plugins().stream().filter(plugin -> !plugin.usable()).count();
        if (broken > 0) {
            found.add(
                    new Trouble(
                            Severity.WARNING,
                            "plugins",
                            broken == 1
                                    ? "A plugin can't be used."
                                    : broken + " plugins can't be used.",
                            "See which, and why, on the plugins' page.",
                            "/plugins"));
        }
    }
}
