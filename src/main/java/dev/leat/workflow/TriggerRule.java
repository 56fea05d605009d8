package dev.leat.workflow;

/// When a task may start, seen from the tasks it depends on. Airflow's names and meanings.
public enum TriggerRule {
    ALL_SUCCESS,
    ALL_DONE,
    ALL_FAILED,
    ONE_SUCCESS,
    ONE_FAILED,
    NONE_FAILED,
    NONE_FAILED_MIN_ONE_SUCCESS,
    ALWAYS
}
