package dev.leat.engine;

/// Under which name it is decided who of a workflow's runs goes on.
final class Line {

    private Line() {}

    static String of(String workflow) {
        return "workflow " + workflow;
    }
}
