package dev.leat.dashboard.graph;

import dev.leat.dashboard.graph.GraphLayout.Edge;
import dev.leat.dashboard.graph.GraphLayout.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Makes a graph small enough to read: nodes that look alike become one. Pure.
///
/// First many tasks of one kind that wait for the same and are waited for by the same; where that
/// isn't enough, chains and fewer siblings; and in the end whole levels.
final class Folding {

    /// More alike siblings than this are one node.
    static final int MANY_ALIKE = 16;

    /// More nodes than this aren't drawn.
    static final int MOST_NODES = 300;

    private static final int MOST_LEVELS = 100;
    private static final int ROUNDS = 2;

    private final List<String> kinds;
    private List<List<Integer>> groups = new ArrayList<>();
    private List<Set<Integer>> before = new ArrayList<>();
    private List<Set<Integer>> after = new ArrayList<>();

    private Folding(Shape shape, List<String> kinds) {
        this.kinds = kinds;
        for (int number = 0; number < shape.size(); number++) {
            groups.add(List.of(number));
            before.add(new TreeSet<>());
            after.add(new TreeSet<>());
        }
        for (var edge : shape.edges()) {
            before.get(edge.to()).add(edge.from());
            after.get(edge.from()).add(edge.to());
        }
    }

    /// @param kinds what each node is; only nodes of one kind are alike
    static Folded fold(Shape shape, List<String> kinds) {
        var folding = new Folding(shape, kinds);
        folding.mergeSiblings(MANY_ALIKE);
        for (int round = 0; round < ROUNDS; round++) {
            folding.whileTooLarge(folding::mergeChains);
            folding.whileTooLarge(() -> folding.mergeSiblings(1));
        }
        folding.whileTooLarge(folding::mergeLevels);
        return folding.result();
    }

    /// Folds no further than it must.
    private void whileTooLarge(Runnable step) {
        if (groups.size() > MOST_NODES) {
            step.run();
        }
    }

    private void mergeSiblings(int moreThan) {
        var alike = new LinkedHashMap<Likeness, List<Integer>>();
        for (int number = 0; number < groups.size(); number++) {
            var likeness =
                    new Likeness(
                            kinds.get(groups.get(number).getFirst()),
                            groups.get(number).size(),
                            before.get(number),
                            after.get(number));
            alike.computeIfAbsent(likeness, _ -> new ArrayList<>()).add(number);
        }
        var target = new int[groups.size()];
        var next = 0;
        for (var siblings : alike.values()) {
            var together = siblings.size() > moreThan;
            for (var number : siblings) {
                target[number] = next;
                next += together ? 0 : 1;
            }
            next += together ? 1 : 0;
        }
        quotient(target, next);
    }

    private void mergeChains() {
        var target = new int[groups.size()];
        var next = 0;
        for (var number : order()) {
            var only = before.get(number).size() == 1 ? before.get(number).iterator().next() : -1;
            target[number] = only >= 0 && after.get(only).size() == 1 ? target[only] : next++;
        }
        quotient(target, next);
    }

    private void mergeLevels() {
        var level = new int[groups.size()];
        var deepest = 0;
        for (var number : order()) {
            for (var earlier : before.get(number)) {
                level[number] = Math.max(level[number], level[earlier] + 1);
            }
            deepest = Math.max(deepest, level[number]);
        }
        var thickness = deepest / MOST_LEVELS + 1;
        for (int number = 0; number < level.length; number++) {
            level[number] /= thickness;
        }
        quotient(level, deepest / thickness + 1);
    }

    /// Each node after those it waits for.
    private List<Integer> order() {
        var waiting = new int[groups.size()];
        var order = new ArrayList<Integer>(groups.size());
        for (int number = 0; number < waiting.length; number++) {
            waiting[number] = before.get(number).size();
            if (waiting[number] == 0) {
                order.add(number);
            }
        }
        for (int at = 0; at < order.size(); at++) {
            for (var later : after.get(order.get(at))) {
                if (--waiting[later] == 0) {
                    order.add(later);
                }
            }
        }
        return order;
    }

    /// Nodes with the same target become one.
    private void quotient(int[] target, int size) {
        var merged = new ArrayList<List<Integer>>();
        var mergedBefore = new ArrayList<Set<Integer>>();
        var mergedAfter = new ArrayList<Set<Integer>>();
        for (int number = 0; number < size; number++) {
            merged.add(new ArrayList<>());
            mergedBefore.add(new TreeSet<>());
            mergedAfter.add(new TreeSet<>());
        }
        for (int number = 0; number < target.length; number++) {
            merged.get(target[number]).addAll(groups.get(number));
            for (var later : after.get(number)) {
                if (target[number] != target[later]) {
                    mergedAfter.get(target[number]).add(target[later]);
                    mergedBefore.get(target[later]).add(target[number]);
                }
            }
        }
        groups = merged;
        before = mergedBefore;
        after = mergedAfter;
    }

    private Folded result() {
        var edges = new LinkedHashSet<Edge>();
        for (int number = 0; number < groups.size(); number++) {
            for (var later : after.get(number)) {
                edges.add(new Edge(number, later));
            }
        }
        return new Folded(new Shape(groups.size(), List.copyOf(edges)), groups);
    }

    private record Likeness(String kind, int size, Set<Integer> before, Set<Integer> after) {}

    /// @param shape of the groups
    /// @param groups the nodes in each; one where nothing was folded
    record Folded(Shape shape, List<List<Integer>> groups) {
        Folded {
            groups = groups.stream().map(List::copyOf).toList();
        }
    }
}
