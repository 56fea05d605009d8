package dev.leat.store.database;

import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.agroal.runtime.AgroalConnectionConfigurer;
import io.quarkus.agroal.runtime.JdbcDriver;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/// Tells the pool after which failures a connection is of no use any more. Without that one whose
/// other end has gone is handed out again and again, to everyone who asks, until the pool looks at
/// it by itself.
@Singleton
@Unremovable
@JdbcDriver("other")
class BrokenConnections implements AgroalConnectionConfigurer {

    @Override
    public void setExceptionSorter(String kind, AgroalDataSourceConfigurationSupplier pool) {
        pool.connectionPoolConfiguration().exceptionSorter(new Sorter());
    }

    private static final class Sorter implements ExceptionSorter {

        @Override
        public boolean isFatal(SQLException failure) {
            return Failure.of(failure) instanceof Failure.Away;
        }
    }
}
