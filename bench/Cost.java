/// What has been spent.
///
/// @param commits of the journal, each of which is one fsync
/// @param serverMillis processor time of the server and of what its tasks started
/// @param databaseMillis processor time of the database's own processes
record Cost(double commits, double transitions, double serverMillis, double databaseMillis) {

    static final Cost NONE = new Cost(0, 0, 0, 0);

    Cost since(Cost before) {
        return new Cost(
                commits - before.commits,
                transitions - before.transitions,
                serverMillis - before.serverMillis,
                databaseMillis - before.databaseMillis);
    }

    Cost plus(Cost other) {
        return new Cost(
                commits + other.commits,
                transitions + other.transitions,
                serverMillis + other.serverMillis,
                databaseMillis + other.databaseMillis);
    }

    void into(Row row, double tasks) {
        row.put("fsyncsPerTask", commits / tasks);
        row.put("transitionsPerTask", transitions / tasks);
        row.put("cpuMillisPerTask", (serverMillis + databaseMillis) / tasks);
        row.put("cpuOfThatDatabase", databaseMillis / tasks);
    }
}
