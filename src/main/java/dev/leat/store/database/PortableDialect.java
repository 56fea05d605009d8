package dev.leat.store.database;

import static java.util.Objects.requireNonNull;

import org.eclipse.microprofile.config.ConfigProvider;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.NullOrdering;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.SimpleDatabaseVersion;
import org.hibernate.dialect.lock.spi.LockingSupport;
import org.hibernate.dialect.pagination.LimitHandler;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.exception.spi.SQLExceptionConversionDelegate;
import org.hibernate.exception.spi.ViolatedConstraintNameExtractor;
import org.hibernate.query.sqm.CastType;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.MutationStatement;
import org.hibernate.sql.ast.tree.select.SelectStatement;
import org.hibernate.sql.exec.internal.JdbcOperationQuerySelect;
import org.hibernate.sql.exec.spi.JdbcOperationQueryMutation;
import org.hibernate.sql.model.ast.TableMutation;
import org.hibernate.sql.model.jdbc.JdbcMutationOperation;

/// Speaks to Hibernate for the database that the URL names: a dialect must be named when Leat is
/// built, and the database is known only when it starts. Native binaries even hold the dialect's
/// object from the build, so nothing here asks which database it is before it must.
///
/// Types are those that both databases share, see [dev.leat.store.Run].
public final class PortableDialect extends Dialect {

    private static final DatabaseVersion ANY = new SimpleDatabaseVersion(1, 0);

    public PortableDialect() {
        super(ANY);
    }

    private static Dialect actual() {
        return switch (DatabaseKind.of(
                ConfigProvider.getConfig().getValue("leat.database.url", String.class))) {
            case SQLITE -> Known.SQLITE;
            case POSTGRESQL -> Known.POSTGRESQL;
        };
    }

    /// Made when first asked for.
    private static final class Known {
        static final Dialect SQLITE = new SQLiteDialect();
        static final Dialect POSTGRESQL = new PostgreSQLDialect();
    }

    @Override
    public void initializeFunctionRegistry(FunctionContributions functions) {
        actual().initializeFunctionRegistry(functions);
    }

    @Override
    public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
        return new Translators();
    }

    @Override
    public LimitHandler getLimitHandler() {
        return actual().getLimitHandler();
    }

    @Override
    public String castPattern(CastType from, CastType to) {
        return actual().castPattern(from, to);
    }

    @Override
    public NullOrdering getNullOrdering() {
        return actual().getNullOrdering();
    }

    @Override
    public boolean supportsNullPrecedence() {
        return actual().supportsNullPrecedence();
    }

    @Override
    public LockingSupport getLockingSupport() {
        return actual().getLockingSupport();
    }

    @Override
    public SQLExceptionConversionDelegate buildSQLExceptionConversionDelegate() {
        return (failure, message, sql) ->
                requireNonNull(actual().buildSQLExceptionConversionDelegate())
                        .convert(failure, message, sql);
    }

    @Override
    public ViolatedConstraintNameExtractor getViolatedConstraintNameExtractor() {
        return failure ->
                actual().getViolatedConstraintNameExtractor().extractConstraintName(failure);
    }

    /// Hibernate asks for the factory before the database is known, and for translators afterwards.
    private static final class Translators implements SqlAstTranslatorFactory {

        @Override
        public SqlAstTranslator<JdbcOperationQuerySelect> buildSelectTranslator(
                SessionFactoryImplementor sessions, SelectStatement statement) {
            return factory().buildSelectTranslator(sessions, statement);
        }

        @Override
        public SqlAstTranslator<? extends JdbcOperationQueryMutation> buildMutationTranslator(
                SessionFactoryImplementor sessions, MutationStatement statement) {
            return factory().buildMutationTranslator(sessions, statement);
        }

        @Override
        public <O extends JdbcMutationOperation> SqlAstTranslator<O> buildModelMutationTranslator(
                TableMutation<O> mutation, SessionFactoryImplementor sessions) {
            return factory().buildModelMutationTranslator(mutation, sessions);
        }

        private static SqlAstTranslatorFactory factory() {
            return requireNonNull(actual().getSqlAstTranslatorFactory());
        }
    }
}
