package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.AccountStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.SessionToken;
import org.springframework.dao.DuplicateKeyException;

final class JdbcAccounts implements AccountStore {
    private final Database database;

    JdbcAccounts(Database database) {
        this.database = database;
    }

    @Override
    public boolean create(Account account) throws RecordUnavailable {
        try {
            return database.run(sql ->
                    sql.sql(
                                            """
                                            insert into account
                                                (user_id, password_hash, enabled, failures, locked_until)
                                            values (:user, :hash, :enabled, :failures, :locked)
                                            """)
                                    .param("user", account.user().value())
                                    .param("hash", account.passwordHash())
                                    .param("enabled", account.enabled())
                                    .param("failures", account.failures())
                                    .param(
                                            "locked",
                                            Columns.timeOrNull(account.lockedUntil()),
                                            Types.TIMESTAMP_WITH_TIMEZONE)
                                    .update()
                            == 1);
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    @Override
    public Optional<Account> find(UserId user) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from account where user_id = :user")
                        .param("user", user.value())
                        .query((row, _) -> account(row))
                        .optional());
    }

    @Override
    public void setPassword(UserId user, String passwordHash) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("update account set password_hash = :hash where user_id = :user")
                        .param("hash", passwordHash)
                        .param("user", user.value())
                        .update());
    }

    @Override
    public void setEnabled(UserId user, boolean enabled) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("update account set enabled = :enabled where user_id = :user")
                        .param("enabled", enabled)
                        .param("user", user.value())
                        .update());
    }

    @Override
    public int countFailure(UserId user) throws RecordUnavailable {
        return database.together(sql -> {
            sql.sql("update account set failures = failures + 1 where user_id = :user")
                    .param("user", user.value())
                    .update();
            return sql.sql("select failures from account where user_id = :user")
                    .param("user", user.value())
                    .query(Integer.class)
                    .optional()
                    .orElse(0);
        });
    }

    @Override
    public void lock(UserId user, @Nullable Instant until) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("update account set locked_until = :until where user_id = :user")
                        .param("until", Columns.timeOrNull(until), Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("user", user.value())
                        .update());
    }

    @Override
    public void clearFailures(UserId user) throws RecordUnavailable {
        database.run(sql ->
                sql.sql(
                                """
                                update account set failures = 0, locked_until = null
                                where user_id = :user and (failures > 0 or locked_until is not null)
                                """)
                        .param("user", user.value())
                        .update());
    }

    @Override
    public void saveToken(SessionToken token) throws RecordUnavailable {
        database.run(sql ->
                sql.sql(
                                """
                                insert into session_token (token_hash, user_id, issued_at, expires_at)
                                values (:hash, :user, :issued, :expires)
                                """)
                        .param("hash", token.tokenHash())
                        .param("user", token.user().value())
                        .param("issued", Columns.time(token.issuedAt()))
                        .param("expires", Columns.time(token.expiresAt()))
                        .update());
    }

    @Override
    public Optional<SessionToken> findToken(String tokenHash, Instant now)
            throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from session_token
                                where token_hash = :hash and expires_at > :now
                                """)
                        .param("hash", tokenHash)
                        .param("now", Columns.time(now))
                        .query((row, _) -> token(row))
                        .optional());
    }

    @Override
    public void revokeToken(String tokenHash) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("delete from session_token where token_hash = :hash")
                        .param("hash", tokenHash)
                        .update());
    }

    @Override
    public void revokeTokens(UserId user) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("delete from session_token where user_id = :user")
                        .param("user", user.value())
                        .update());
    }

    @Override
    public int dropExpiredTokens(Instant now) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("delete from session_token where expires_at <= :now")
                        .param("now", Columns.time(now))
                        .update());
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new UserId(row.getString("user_id")),
                row.getString("password_hash"),
                row.getBoolean("enabled"),
                row.getInt("failures"),
                Columns.instantOrNull(row, "locked_until"));
    }

    private static SessionToken token(ResultSet row) throws SQLException {
        return new SessionToken(
                row.getString("token_hash"),
                new UserId(row.getString("user_id")),
                Columns.instant(row, "issued_at"),
                Columns.instant(row, "expires_at"));
    }
}
