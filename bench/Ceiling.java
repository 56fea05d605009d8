import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What any engine can reach at best on this database, now: steps that do nothing but wait until
/// they are on disk. A virtual thread for each run hands its steps to one committer, which takes
/// what waits (at most 2,000), writes one transaction (for each step a row changed by its key and a
/// row inserted), and wakes those whose steps are durable. There is no HTTP, no plan, no JSON.
///
/// SQLite gets two prepared batches in a transaction; PostgreSQL one statement that does both for
/// all steps at once, which is a single round trip.
final class Ceiling implements AutoCloseable {

    private static final int MOST_STEPS = 2_000;
    private static final int ROWS = 20_000;
    private static final long END = -1;

    private final Connection connection;
    private final Writer writer;
    private final LinkedBlockingQueue<Step> waiting = new LinkedBlockingQueue<>();
    private final Thread committer;
    private volatile Exception failure;
    private long firstSeq;

    Ceiling(Storage storage, Path folder) throws Exception {
        connection = storage.connect(storage.database(folder.resolve("ceiling.db")));
        createTables();
        writer =
                storage.kind().equals("sqlite")
                        ? new Batches(connection)
                        : new OneStatement(connection);
        committer = Thread.ofPlatform().name("ceiling").daemon().start(this::commit);
        // Until it is compiled.
        latencies(100, 10);
        rate(1_000, 40);
        latencies(200, 3);
    }

    private void createTables() throws SQLException {
        Sql.run(
                connection,
                "create table task (id bigint not null primary key, state text not null, seq bigint not null, at bigint not null)");
        Sql.run(
                connection,
                "create table step (task bigint not null, seq bigint not null, state text not null, at bigint not null, primary key (task, seq))"
                        + (connection.getMetaData().getDatabaseProductName().equals("SQLite")
                                ? " without rowid"
                                : ""));
        connection.setAutoCommit(false);
        try (var insert =
                connection.prepareStatement("insert into task (id, state, seq, at) values (?, 'READY', 0, 0)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setLong(1, i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    /// Runs one after another, each of so many steps one after another.
    ///
    /// @return milliseconds of each run
    double[] latencies(int runs, int steps) throws Exception {
        var took = new double[runs];
        for (int i = 0; i < runs; i++) {
            long from = System.nanoTime();
            run(1, steps);
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        return took;
    }

    /// Steps a second of so many runs at once.
    double rate(int runs, int steps) throws Exception {
        long from = System.nanoTime();
        run(runs, steps);
        return runs * steps / ((System.nanoTime() - from) / 1e9);
    }

    /// Steps that have a time, which is spread evenly: a thread sleeps for each.
    ///
    /// @return milliseconds from each one's time until it was durable
    double[] lateness(int count, Duration over) throws Exception {
        var late = new double[count];
        var ended = new CountDownLatch(count);
        long seq = firstSeq++;
        long first = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < count; i++) {
            int task = i;
            long due = first + over.toNanos() * i / count;
            Thread.startVirtualThread(
                    () -> {
                        for (long left = due - System.nanoTime();
                                left > 0;
                                left = due - System.nanoTime()) {
                            LockSupport.parkNanos(this, left);
                        }
                        durably(new Step(task, seq, Thread.currentThread()));
                        late[task] = (System.nanoTime() - due) / 1e6;
                        ended.countDown();
                    });
        }
        ended.await();
        return late;
    }

    private void run(int runs, int steps) throws Exception {
        var ended = new CountDownLatch(runs);
        long seq = firstSeq;
        firstSeq += steps;
        for (int i = 0; i < runs; i++) {
            int task = i;
            Thread.startVirtualThread(
                    () -> {
                        for (int step = 0; step < steps && failure == null; step++) {
                            durably(new Step(task, seq + step, Thread.currentThread()));
                        }
                        ended.countDown();
                    });
        }
        ended.await();
        if (failure != null) {
            throw failure;
        }
    }

    private void durably(Step step) {
        waiting.add(step);
        while (!step.durable) {
            LockSupport.park(this);
        }
    }

    private void commit() {
        var batch = new ArrayList<Step>(MOST_STEPS);
        while (true) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_STEPS - 1);
                if (batch.removeIf(step -> step.task == END)) {
                    return;
                }
                writer.write(batch);
            } catch (Exception e) {
                failure = e;
            }
            for (var step : batch) {
                step.durable = true;
                LockSupport.unpark(step.waiter);
            }
            batch.clear();
        }
    }

    @Override
    public void close() throws Exception {
        waiting.add(new Step(END, 0, Thread.currentThread()));
        committer.join();
        connection.close();
    }

    private static final class Step {
        final long task;
        final long seq;
        final Thread waiter;
        volatile boolean durable;

        Step(long task, long seq, Thread waiter) {
            this.task = task;
            this.seq = seq;
            this.waiter = waiter;
        }
    }

    private interface Writer {
        void write(List<Step> steps) throws SQLException;
    }

    private static final class Batches implements Writer {
        private final Connection connection;
        private final PreparedStatement update;
        private final PreparedStatement insert;

        Batches(Connection connection) throws SQLException {
            this.connection = connection;
            update =
                    connection.prepareStatement(
                            "update task set state = ?, seq = ?, at = ? where id = ?");
            insert =
                    connection.prepareStatement(
                            "insert into step (task, seq, state, at) values (?, ?, ?, ?)");
        }

        @Override
        public void write(List<Step> steps) throws SQLException {
            long at = System.currentTimeMillis() * 1_000;
            for (var step : steps) {
                update.setString(1, "RUNNING");
                update.setLong(2, step.seq);
                update.setLong(3, at);
                update.setLong(4, step.task);
                update.addBatch();
                insert.setLong(1, step.task);
                insert.setLong(2, step.seq);
                insert.setString(3, "SUCCESS");
                insert.setLong(4, at);
                insert.addBatch();
            }
            update.executeBatch();
            insert.executeBatch();
            connection.commit();
        }
    }

    private static final class OneStatement implements Writer {
        private final Connection connection;
        private final PreparedStatement both;

        OneStatement(Connection connection) throws SQLException {
            this.connection = connection;
            // The statement is the transaction.
            connection.setAutoCommit(true);
            both =
                    connection.prepareStatement(
                            """
                            with given as materialized (select * from unnest(?::bigint[], ?::bigint[]) as s (task, seq)),
                                moved as (update task set state = 'RUNNING', seq = given.seq, at = ?
                                    from given where task.id = given.task)
                            insert into step (task, seq, state, at) select task, seq, 'SUCCESS', ? from given""");
        }

        @Override
        public void write(List<Step> steps) throws SQLException {
            long at = System.currentTimeMillis() * 1_000;
            both.setArray(1, array(steps.stream().map(step -> step.task).toArray()));
            both.setArray(2, array(steps.stream().map(step -> step.seq).toArray()));
            both.setLong(3, at);
            both.setLong(4, at);
            both.executeUpdate();
        }

        private java.sql.Array array(Object[] values) throws SQLException {
            return connection.createArrayOf("bigint", values);
        }
    }
}
