import java.sql.Connection;
import java.sql.SQLException;

/// A workflow of 30 tasks with as many runs in the last year as all others together, written
/// straight into the tables of a stopped server. Its last runs have all their tasks; of those
/// before there are the runs alone.
final class Heavy {

    static final String WORKFLOW = "heavy";
    static final int TASKS = 30;

    private static final int WITH_TASKS = 400;
    private static final int BLOCK = 100_000;
    private static final long YEAR_MILLIS = 365L * 24 * 3_600_000;
    private static final long IDS_BEGIN_MILLIS = 1_577_836_800_000L;

    private Heavy() {}

    static void fill(Bed bed, Site site, int runs) throws Exception {
        try (var server = Server.start(site)) {
            server.put(WORKFLOW, Workflows.chain(WORKFLOW, TASKS));
        }
        var embedded = bed.storage().kind().equals("sqlite");
        try (var connection = site.connect()) {
            if (embedded) {
                Sql.text(connection, "pragma journal_mode = off");
                Sql.run(connection, "pragma synchronous = off");
            }
            connection.setAutoCommit(false);
            long every = Math.max(1, YEAR_MILLIS / runs);
            long begin = System.currentTimeMillis() - every * runs;
            for (int first = 0; first < runs; first += BLOCK) {
                fill(connection, first, Math.min(first + BLOCK, runs), begin, every);
            }
            Sql.run(connection, tasks(Math.max(0, runs - WITH_TASKS), runs, begin, every));
            connection.setAutoCommit(true);
            if (embedded) {
                Sql.text(connection, "pragma journal_mode = wal");
            } else {
                Sql.run(connection, "vacuum analyze");
            }
        }
    }

    private static void fill(Connection connection, int first, int end, long begin, long every)
            throws SQLException {
        Sql.run(
                connection,
                """
                insert into run (id, workflow, revision, revision_number, state, inputs, trigger_kind, trigger_facts,
                    labels, task_count, created_at, started_at, finished_at)
                %s select given.id, '%s', workflow.revision, 1, given.state, '{}', 'api', '{}', '{}', %d,
                    at, at + 1000, at + 9000 + n %% 7000 from given join workflow on workflow.id = '%s'"""
                        .formatted(given(first, end, begin, every), WORKFLOW, TASKS, WORKFLOW));
        connection.commit();
    }

    private static String given(int first, int end, long begin, long every) {
        return """
        with recursive numbers (n) as (select %d union all select n + 1 from numbers where n + 1 < %d),
        past as (select n, %d + n * cast(%d as bigint) as millis,
            case when n %% 33 = 0 then 'FAILED' else 'SUCCESS' end as state from numbers),
        given as (select n, (millis - %d) * 4194304 + 2048 + n %% 1024 as id, state, millis * 1000 as at from past)
        """
                .formatted(first, end, begin, every, IDS_BEGIN_MILLIS);
    }

    private static String tasks(int first, int end, long begin, long every) {
        return """
        insert into task_run (run, task, state, attempt, started_at, finished_at)
        %s, tasks (t) as (select 0 union all select t + 1 from tasks where t + 1 < %d)
        select id, 't' || t, case when t = %d then state else 'SUCCESS' end, 1, at + 1000, at + 4000 from given, tasks"""
                .formatted(given(first, end, begin, every), TASKS, TASKS - 1);
    }
}
