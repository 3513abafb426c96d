package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;

/// Accounts and the tokens of those who signed in.
public interface AccountStore {
    /// @return false when the account exists already; it is left as it is
    boolean create(Account account) throws RecordUnavailable;

    Optional<Account> find(UserId user) throws RecordUnavailable;

    void setPassword(UserId user, String passwordHash) throws RecordUnavailable;

    void setEnabled(UserId user, boolean enabled) throws RecordUnavailable;

    /// Counts one wrong password, safely beside others that count at the same time.
    ///
    /// @return failures since the last right one
    int countFailure(UserId user) throws RecordUnavailable;

    void lock(UserId user, @Nullable Instant until) throws RecordUnavailable;

    /// A right password: failures and lock are forgotten.
    void clearFailures(UserId user) throws RecordUnavailable;

    void saveToken(SessionToken token) throws RecordUnavailable;

    /// @return nothing when unknown, revoked, or expired at `now`
    Optional<SessionToken> findToken(String tokenHash, Instant now) throws RecordUnavailable;

    void revokeToken(String tokenHash) throws RecordUnavailable;

    void revokeTokens(UserId user) throws RecordUnavailable;

    /// @return how many expired tokens were thrown away
    int dropExpiredTokens(Instant now) throws RecordUnavailable;
}
