package dev.leat.workflow;

/// A workflow with its three graphs resolved: what the engine carries out.
public record Plan(Workflow workflow, TaskGraph tasks, TaskGraph onFailure, TaskGraph last) {}
