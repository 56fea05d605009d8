/// What has been spent.
///
/// @param commits of the journal, each of which is one fsync
/// @param syncs of the database's own log, -1 where it doesn't tell
/// @param serverMillis processor time of the server and of what its tasks started
/// @param databaseMillis processor time of the database's own processes
record Cost(
        double commits, double transitions, double syncs, double serverMillis, double databaseMillis) {

    Cost since(Cost before) {
        return new Cost(
                commits - before.commits,
                transitions - before.transitions,
                syncs < 0 ? -1 : syncs - before.syncs,
                serverMillis - before.serverMillis,
                databaseMillis - before.databaseMillis);
    }

    Cost plus(Cost other) {
        return new Cost(
                commits + other.commits,
                transitions + other.transitions,
                syncs < 0 ? -1 : syncs + other.syncs,
                serverMillis + other.serverMillis,
                databaseMillis + other.databaseMillis);
    }

    void into(Row row, double tasks) {
        row.put("fsyncsPerTask", commits / tasks);
        if (syncs >= 0) {
            row.put("walSyncsPerTask", syncs / tasks);
        }
        row.put("transitionsPerTask", transitions / tasks);
        row.put("cpuMillisPerTask", (serverMillis + databaseMillis) / tasks);
        row.put("cpuOfThatDatabase", databaseMillis / tasks);
    }
}
