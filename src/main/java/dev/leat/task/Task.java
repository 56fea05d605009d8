package dev.leat.task;

/// The code behind a task type: performs one attempt of one task.
///
/// One instance serves all runs at once, so it keeps no state. It runs on a virtual thread and may
/// block freely. A timeout or a cancellation arrives as an interrupt of that thread; a task ends
/// soon after it, by letting `InterruptedException` through.
@FunctionalInterface
public interface Task {

    /// Does the work and says how it ended. An exception other than `InterruptedException` is
    /// taken as [Outcome.Failed] with the code `task.exception`, and may be tried again.
    Outcome perform(TaskContext context) throws Exception;
}
