package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A database that fails once, at each of some transactions in turn, under a server that has work:
/// nobody notices.
class FailingDatabaseIT {

    private static final List<Shape> SHAPES = List.of(Shape.INSIDE, Shape.CALL, Shape.NAP);
    private static final int TRANSACTIONS = 8;

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Failing {

        private Stand stand;

        abstract Stand stand(Path folder);

        @BeforeAll
        void start(@TempDir Path folder) {
            stand = stand(folder);
            stand.leat.serve();
            stand.storeShapes(SHAPES.toArray(Shape[]::new));
        }

        @AfterAll
        void stop() {
            stand.close();
        }

        /// With COMMITTED the transaction takes place, and the journal is told that it didn't.
        @ParameterizedTest
        @EnumSource(names = {"BATCH_APPLYING", "COMMITTING", "COMMITTED"})
        void whichever_transaction_fails_at(Failpoint point) {
            int before = stand.faults.fired().size();
            for (var number : IntStream.rangeClosed(1, TRANSACTIONS).toArray()) {
                stand.faults.arm(point, "throw:sql@" + number);
                for (var shape : SHAPES) {
                    assertThat(stand.driver.startForSure(shape.id(), 2)).isNotNull();
                }
                stand.awaitEnds(Duration.ofSeconds(60));
            }
            stand.faults.disarm();
            assertThat(stand.faults.fired()).hasSize(before + TRANSACTIONS);
            assertThat(stand.audit(Shape.allEnds())).isEmpty();
        }
    }

    @Nested
    class OnSqlite extends Failing {

        @Override
        Stand stand(Path folder) {
            return Stand.onSqlite(folder);
        }
    }

    @Nested
    class OnPostgresql extends Failing {

        private Postgresql database;

        @Override
        Stand stand(Path folder) {
            database = new Postgresql(folder.resolve("postgresql"));
            return Stand.onPostgresql(folder, database.url());
        }

        @AfterAll
        void stopDatabase() {
            database.close();
        }
    }
}
