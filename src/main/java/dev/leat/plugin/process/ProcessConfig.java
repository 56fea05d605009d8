package dev.leat.plugin.process;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/// How child processes of `shell` tasks and plugins are treated.
@ConfigMapping(prefix = "leat.process")
public interface ProcessConfig {

    /// How long a process may clean up after SIGTERM, on a timeout or a cancellation, before it is
    /// killed. Choose it as long as your slowest clean-up; a cancelled run isn't done before.
    @WithDefault("10s")
    Duration grace();

    /// Names of the server's own environment variables that children see, too. Everything else is
    /// kept from them: the server's environment often holds passwords. Add names such as
    /// `HTTPS_PROXY` where tasks need them.
    @WithDefault("PATH,HOME,LANG,LC_ALL,LC_CTYPE,TZ,TMPDIR,USER,LOGNAME,SHELL")
    List<String> environment();
}
