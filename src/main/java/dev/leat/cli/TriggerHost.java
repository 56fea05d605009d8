package dev.leat.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of triggers and their fires, as REST shows it.
interface TriggerHost {

    /// @param workflow null for all
    /// @throws dev.leat.task.Refusal
    Map<String, @Nullable Object> triggers(@Nullable String workflow);

    /// The ledger, newest first.
    ///
    /// @param workflow, trigger, state null for any
    /// @throws dev.leat.task.Refusal
    Map<String, @Nullable Object> fires(
            @Nullable String workflow,
            @Nullable String trigger,
            @Nullable String state,
            int limit);

    /// @throws dev.leat.task.Refusal
    Map<String, @Nullable Object> next(String workflow, String trigger, int count);

    /// Of a trigger that isn't stored.
    ///
    /// @param keys such as `cron` and `timezone`
    Map<String, @Nullable Object> preview(Map<String, @Nullable Object> keys, int count);

    Map<String, @Nullable Object> backfills();

    Map<String, @Nullable Object> forecast(int days, @Nullable String workflow);
}
