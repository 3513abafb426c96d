package org.maplebridge.dispatch.jdbc;

import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs SQL and tells a database that does not answer from a mistake of ours: the first is
/// [RecordUnavailable], the second stays an unchecked exception. A violated key is neither and
/// comes through as it is.
public final class Database {
    private final JdbcClient sql;
    private final JdbcTemplate rows;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;

    Database(DataSource dataSource) {
        rows = new JdbcTemplate(dataSource);
        sql = JdbcClient.create(rows);
        var transactions = new JdbcTransactionManager(dataSource);
        transaction = new TransactionTemplate(transactions);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// One statement, or several that need not see the same moment.
    public <T> T run(Function<JdbcClient, T> work) throws RecordUnavailable {
        try {
            return work.apply(sql);
        } catch (DataAccessException failure) {
            throw told(failure);
        }
    }

    /// All or nothing.
    public <T> T together(Function<JdbcClient, T> work) throws RecordUnavailable {
        return within(transaction, work);
    }

    /// One statement for many rows, sent together; for use within [#together].
    public void batch(String statement, List<Object[]> parameters) {
        rows.batchUpdate(statement, parameters);
    }

    /// Several questions that are answered as if no time had passed between them.
    public <T> T atOneMoment(Function<JdbcClient, T> questions) throws RecordUnavailable {
        return within(snapshot, questions);
    }

    private <T> T within(TransactionTemplate frame, Function<JdbcClient, T> work)
            throws RecordUnavailable {
        try {
            return frame.<T>execute(_ -> work.apply(sql));
        } catch (DataAccessException failure) {
            throw told(failure);
        } catch (TransactionException failure) {
            throw unavailable(failure);
        }
    }

    private static RecordUnavailable told(DataAccessException failure) {
        boolean ours =
                failure instanceof DataIntegrityViolationException
                        || failure instanceof InvalidDataAccessApiUsageException
                        || failure instanceof InvalidDataAccessResourceUsageException;
        if (ours) {
            throw failure;
        }
        return unavailable(failure);
    }

    static RecordUnavailable unavailable(RuntimeException failure) {
        return new RecordUnavailable("the database does not answer", failure);
    }
}
