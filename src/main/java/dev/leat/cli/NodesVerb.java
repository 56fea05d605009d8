package dev.leat.cli;

import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `leat nodes`.
final class NodesVerb {

    private static final List<String> TITLES =
            List.of("NODE", "NAME", "STATE", "SLOTS", "RUNS", "HEARD OF", "ADDRESS");

    private final RunHost host;

    NodesVerb(RunHost host) {
        this.host = host;
    }

    int perform(NodesCommand command) {
        var nodes = host.nodes(Math.max(1, command.limit));
        if (command.json) {
            System.out.println(Json.writePretty(nodes));
        } else if (nodes.isEmpty()) {
            System.out.println("No nodes.");
        } else {
            print(nodes);
        }
        return Exit.SUCCESS;
    }

    private static void print(List<Map<?, ?>> nodes) {
        var rows = new ArrayList<List<String>>(List.of(TITLES));
        nodes.forEach(node -> rows.add(row(node)));
        new Table(rows).print(System.out);
    }

    private static List<String> row(Map<?, ?> node) {
        return List.of(
                RunDocument.text(node, "id"),
                Terminal.harmless(RunDocument.text(node, "name")),
                RunDocument.text(node, "state").toLowerCase(Locale.ROOT),
                node.get("running") + "/" + node.get("slots"),
                String.valueOf(node.get("runs")),
                RunDocument.text(node, "seenAt"),
                Terminal.harmless(RunDocument.text(node, "url")));
    }
}
