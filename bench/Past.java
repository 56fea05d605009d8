import java.sql.Connection;
import java.sql.SQLException;

/// A history of very many runs, written straight into the tables of a stopped server: 500
/// workflows, two tasks each, 3 % failed, over the last 90 days.
final class Past {

    static final int WORKFLOWS = 500;
    static final int FIRST = 1_000;

    private static final int BLOCK = 50_000;
    private static final long DAYS = 90;
    private static final long IDS_BEGIN_MILLIS = 1_577_836_800_000L;

    private Past() {}

    static String workflow(int number) {
        return "past-" + (FIRST + number % WORKFLOWS);
    }

    static void fill(Bed bed, Site site, int runs) throws Exception {
        try (var server = Server.start(site)) {
            // The revisions that the runs are of.
            for (int i = 0; i < WORKFLOWS; i++) {
                server.put(workflow(i), Workflows.chain(workflow(i), 2));
            }
        }
        long from = System.nanoTime();
        var embedded = bed.storage().kind().equals("sqlite");
        try (var connection = site.connect()) {
            if (embedded) {
                // Nothing is lost when this fails half-way; it is deleted then.
                Sql.text(connection, "pragma journal_mode = off");
                Sql.run(connection, "pragma synchronous = off");
            }
            connection.setAutoCommit(false);
            long now = System.currentTimeMillis();
            long every = Math.max(1, DAYS * 24 * 3_600_000 / runs);
            for (int first = 0; first < runs; first += BLOCK) {
                fill(connection, first, Math.min(first + BLOCK, runs), now - every * runs, every);
            }
            connection.setAutoCommit(true);
            if (embedded) {
                Sql.text(connection, "pragma journal_mode = wal");
            } else {
                // What it does by itself, sooner or later.
                Sql.run(connection, "vacuum analyze");
            }
        }
        System.err.printf("  %,d runs of history in %.0f s%n", runs, (System.nanoTime() - from) / 1e9);
    }

    private static void fill(Connection connection, int first, int end, long begin, long every)
            throws SQLException {
        var runs =
                """
                with recursive numbers (n) as (select %d union all select n + 1 from numbers where n + 1 < %d),
                past as (select n, %d + n * cast(%d as bigint) as millis, 'past-' || (%d + n %% %d) as workflow,
                    case when n %% 33 = 0 then 'FAILED' else 'SUCCESS' end as state from numbers),
                given as (select n, (millis - %d) * 4194304 + n %% 1024 as id, workflow, state, millis * 1000 as at,
                    case when state = 'FAILED' then '{"code":"failed","message":"It went wrong."}' end as error from past)
                """
                        .formatted(first, end, begin, every, FIRST, WORKFLOWS, IDS_BEGIN_MILLIS);
        // SQLite has the query after the insert's head, PostgreSQL takes it there, too.
        Sql.run(
                connection,
                """
                insert into run (id, workflow, revision, revision_number, state, error, inputs, trigger_kind, trigger_facts,
                    labels, task_count, created_at, started_at, finished_at)
                %s select given.id, given.workflow, workflow.revision, 1, given.state, error, '{}', 'api', '{}', '{}', 2,
                    at, at + 1000, at + 9000 from given join workflow on workflow.id = given.workflow"""
                        .formatted(runs));
        Sql.run(
                connection,
                """
                insert into task_run (run, task, state, attempt, error, started_at, finished_at)
                %s select id, 't0', 'SUCCESS', 1, null, at + 1000, at + 4000 from given
                union all select id, 't1', state, 1, error, at + 4000, at + 9000 from given"""
                        .formatted(runs));
        Sql.run(
                connection,
                """
                insert into transition (run, seq, task, state, attempt, error, at)
                %s select id, 1, cast(null as text), 'RUNNING', 0, cast(null as text), at from given
                union all select id, 2, 't0', 'RUNNING', 1, null, at + 1000 from given
                union all select id, 3, 't0', 'SUCCESS', 1, null, at + 4000 from given
                union all select id, 4, 't1', 'RUNNING', 1, null, at + 4000 from given
                union all select id, 5, 't1', state, 1, error, at + 9000 from given
                union all select id, 6, null, state, 0, error, at + 9000 from given"""
                        .formatted(runs));
        connection.commit();
    }
}
