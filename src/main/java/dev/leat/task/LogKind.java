package dev.leat.task;

/// What a log line is: a message with a level, or what a child process printed.
public enum LogKind {
    DEBUG,
    INFO,
    WARN,
    ERROR,
    /// A line of a child process' standard output.
    STDOUT,
    /// A line of a child process' standard error.
    STDERR
}
