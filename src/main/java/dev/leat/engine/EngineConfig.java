package dev.leat.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of the engine, `leat.engine.*`.
@ConfigMapping(prefix = "leat.engine")
interface EngineConfig {

    /// Attempts running at once in this process. Each holds a virtual thread, and where it starts
    /// a program, a process: raise it for tasks that wait on others, lower it for tasks that need
    /// the machine's cores.
    @WithDefault("64")
    int maxRunningTasks();

    /// Largest output of a task in bytes of JSON. Larger things are passed as files.
    @WithDefault("1048576")
    int maxOutputBytes();

    /// Runs that may be under way at once in this process; further ones wait in line. Each costs
    /// some kilobytes; those that only wait for a moment don't count.
    @WithDefault("10000")
    int maxRunningRuns();

    /// Runs that may be unfinished at once, those in line included, before starting another is
    /// refused with "try again later". What waits in line is a row, and costs no memory.
    @WithDefault("1000000")
    int maxUnfinishedRuns();

    /// A run whose tasks only wait for a moment that is farther off than this leaves the memory
    /// until shortly before.
    @WithDefault("30s")
    Duration sleepAfter();

    /// Where other nodes share the database: how often this one looks for work that it wasn't told
    /// of.
    @WithDefault("2s")
    Duration lookEvery();

    /// How long a stop of the server waits for running attempts before it stops them; they are run
    /// again after the next start.
    @WithDefault("10s")
    Duration drainTimeout();

    /// Whether a start takes up the runs that an earlier process left unfinished.
    @WithDefault("true")
    boolean resume();

    /// Where people reach the dashboard, for links such as `run.url`.
    @WithDefault("http://localhost:8080")
    String url();
}
