package dev.leat.fault;

import dev.leat.store.Json;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The ledger of fires and the runs of triggers, read past the program.
///
/// @param nominal of each trigger, the moments in the ledger, in microseconds
/// @param runs of each trigger and moment, the runs that say they are of it
/// @param ends how many fires ended in each way
record FiredSlots(
        Map<String, TreeSet<Long>> nominal,
        Map<String, List<Long>> runs,
        Map<String, Integer> ends) {

    /// How many lines the ledger has.
    static int count(String url, String user) {
        try (var connection = DriverManager.getConnection(url, user, user);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from fire")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException notYet) {
            return 0;
        }
    }

    static FiredSlots read(String url, String user) {
        var slots = new FiredSlots(new TreeMap<>(), new HashMap<>(), new TreeMap<>());
        try (var connection = DriverManager.getConnection(url, user, user);
                var statement = connection.createStatement()) {
            try (var rows =
                    statement.executeQuery(
                            "select workflow, trigger_id, nominal, state from fire")) {
                while (rows.next()) {
                    slots.nominal
                            .computeIfAbsent(
                                    rows.getString(1) + "/" + rows.getString(2),
                                    _ -> new TreeSet<>())
                            .add(rows.getLong(3));
                    slots.ends.merge(rows.getString(4), 1, Integer::sum);
                }
            }
            try (var rows =
                    statement.executeQuery(
                            "select id, workflow, trigger_facts from run where trigger_kind = 'interval'")) {
                while (rows.next()) {
                    var facts = Json.readObject(rows.getString(3));
                    var slot =
                            rows.getString(2)
                                    + "/"
                                    + facts.get("id")
                                    + " "
                                    + facts.get("scheduledAt");
                    slots.runs.computeIfAbsent(slot, _ -> new ArrayList<>()).add(rows.getLong(1));
                }
            }
            return slots;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// How many fires say that they started a run.
    int started() {
        return ends.getOrDefault("STARTED", 0) + ends.getOrDefault("CATCH_UP", 0);
    }

    /// Triggers that left a moment out between their first and their last.
    List<String> gaps(long period) {
        return nominal.entrySet().stream()
                .filter(
                        each ->
                                each.getValue().size()
                                        != (each.getValue().last() - each.getValue().first())
                                                        / period
                                                + 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    int fewest() {
        return nominal.values().stream().mapToInt(TreeSet::size).min().orElse(0);
    }
}
