package org.maplebridge.dispatch.jdbc;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs SQL and tells a database that does not answer from a mistake of ours: the first is
/// [RecordUnavailable], the second stays an unchecked exception. A violated key is neither and
/// comes through as it is.
///
/// The embedded database has one writer at a time. H2 stores its tables one after the other while
/// other transactions go on, so what a kill leaves may hold a row of an unfinished transaction
/// without the word that takes it back: measured, one report in 5,000 kept its row and lost its
/// entry in the journal, and its repetition was taken for done.
///
/// Thread: any.
public final class Database {
    /// Tells our locks by key from those of others in the same PostgreSQL.
    private static final int OUR_LOCKS = 0x6D61706C;

    private final JdbcClient sql;
    private final JdbcTemplate rows;
    private final TransactionTemplate transaction;
    private final TransactionTemplate snapshot;

    private final Writers writers;
    private final @Nullable Lock turn;

    /// Who of those that write waits for whom.
    enum Writers {
        /// All for each other, in this process.
        ONE_AT_A_TIME,
        /// Those with the same key, in all processes, by locks of PostgreSQL.
        BY_KEY,
        /// Those that change the same row: what any database does by itself.
        BY_ROW
    }

    Database(DataSource dataSource, Writers writers) {
        this.writers = writers;
        turn = writers == Writers.ONE_AT_A_TIME ? new ReentrantLock() : null;
        rows = turn == null ? new JdbcTemplate(dataSource) : new InTurn(dataSource, turn);
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
        Lock mine = turn;
        if (mine == null) {
            return within(transaction, work);
        }
        mine.lock();
        try {
            return within(transaction, work);
        } finally {
            mine.unlock();
        }
    }

    /// Within [#together]: who comes with the same key waits until this transaction is over, and
    /// sees what it wrote, unless writers wait by row alone. Keys that are taken for the same make
    /// somebody wait for nothing.
    void waitFor(JdbcClient sql, String key) {
        if (writers == Writers.BY_KEY) {
            sql.sql("select pg_advisory_xact_lock(:ours, :key)")
                    .param("ours", OUR_LOCKS)
                    .param("key", key.hashCode())
                    .query(row -> {});
        }
    }

    /// A statement to the database itself that changes no row: it waits for nobody's turn.
    void command(String statement) throws RecordUnavailable {
        try {
            rows.execute(statement);
        } catch (DataAccessException failure) {
            throw told(failure);
        }
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

    /// Statements outside of a transaction that change rows, one after the other.
    private static final class InTurn extends JdbcTemplate {
        private final Lock turn;

        InTurn(DataSource dataSource, Lock turn) {
            super(dataSource);
            this.turn = turn;
        }

        @Override
        protected int update(
                PreparedStatementCreator statement, @Nullable PreparedStatementSetter values) {
            turn.lock();
            try {
                return super.update(statement, values);
            } finally {
                turn.unlock();
            }
        }

        @Override
        public int update(PreparedStatementCreator statement, KeyHolder made) {
            turn.lock();
            try {
                return super.update(statement, made);
            } finally {
                turn.unlock();
            }
        }
    }
}
