package dev.leat.plugin.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The living processes of this machine, as `/proc` shows them at one moment.
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private final List<Row> rows;

    private ProcessTable(List<Row> rows) {
        this.rows = rows;
    }

    static ProcessTable now() {
        var rows = new ArrayList<Row>();
        try (var entries = Files.newDirectoryStream(PROC, ProcessTable::isNumber)) {
            for (var entry : entries) {
                read(entry).ifPresent(rows::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No /proc, or it went away: what was read is all there is to know.
        }
        return new ProcessTable(rows);
    }

    /// When a process started, for [#treeOf]; 0 where it is gone already.
    static long startOf(long pid) {
        return read(PROC.resolve(Long.toString(pid))).map(Row::start).orElse(0L);
    }

    /// Whether there is nothing to know here: a system without `/proc`.
    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean contains(long pid) {
        return rows.stream().anyMatch(row -> row.pid == pid);
    }

    boolean hasGroup(long group) {
        return rows.stream().anyMatch(row -> row.group == group);
    }

    /// What is known, the group and session that a leader founded, everything whose environment has
    /// the entry, and all their descendants.
    ///
    /// @param since whoever started before can't belong to the tree, and isn't looked into
    Set<Long> treeOf(Set<Long> known, long leader, String entry, long since) {
        var found = new HashSet<>(known);
        for (var row : rows) {
            if (row.group == leader
                    || row.session == leader
                    || row.start >= since && hasEnvironment(row.pid, entry)) {
                found.add(row.pid);
            }
        }
        return withDescendants(found);
    }

    Set<Long> withEnvironment(String entry) {
        var found = new HashSet<Long>();
        rows.stream().map(Row::pid).filter(pid -> hasEnvironment(pid, entry)).forEach(found::add);
        return found;
    }

    Set<Long> withDescendants(Set<Long> roots) {
        var all = new HashSet<>(roots);
        boolean grown = !all.isEmpty();
        while (grown) {
            grown = false;
            for (var row : rows) {
                grown |= all.contains(row.parent) && all.add(row.pid);
            }
        }
        return all;
    }

    Set<Long> withAncestors(long pid) {
        var all = new HashSet<Long>();
        var next = Optional.of(pid);
        while (next.isPresent() && all.add(next.get())) {
            var child = next.get();
            next = rows.stream().filter(row -> row.pid == child).map(Row::parent).findAny();
        }
        return all;
    }

    private static boolean isNumber(Path entry) {
        return entry.getFileName().toString().chars().allMatch(Character::isDigit);
    }

    /// Empty for what has ended, be it only in name: a zombie waits for its parent, not for us.
    private static Optional<Row> read(Path entry) {
        try {
            var stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name, in parentheses, may itself hold spaces and parentheses.
            var facts = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            if (facts[0].equals("Z") || facts[0].equals("X")) {
                return Optional.empty();
            }
            return Optional.of(
                    new Row(
                            Long.parseLong(entry.getFileName().toString()),
                            Long.parseLong(facts[1]),
                            Long.parseLong(facts[2]),
                            Long.parseLong(facts[3]),
                            Long.parseLong(facts[19])));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean hasEnvironment(long pid, String entry) {
        try {
            var environ =
                    Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environ).contains("\0" + entry + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /// @param start in ticks since this machine started
    private record Row(long pid, long parent, long group, long session, long start) {}
}
