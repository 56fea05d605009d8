package dev.leat.trigger.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where triggers may look for files.
@ConfigMapping(prefix = "leat.triggers")
interface FileTriggerConfig {

    /// The folders in which triggers of type `file` may look, with all that is in them. Without
    /// any, none may look anywhere: a workflow's author needn't be one who may read this machine's
    /// files.
    Optional<List<Path>> fileRoots();

    /// How often folders are looked through even where the system tells of no change, as network
    /// drives don't.
    @WithDefault("10s")
    Duration filePoll();

    /// The most files that a trigger's folder may have; beyond, it doesn't fire, and says so.
    @WithDefault("100000")
    int mostFiles();
}
