package org.maplebridge.signaling.security;

import java.time.InstantSource;
import java.util.Optional;
import org.maplebridge.dispatch.mediation.SeatToken;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.ApiKey;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.SessionToken;

/// Finds who a bearer token belongs to. The record is asked each time, so a revoked token ends at
/// once; only while the record is away are people taken for whom they were before. A machine's key
/// has to wait.
///
/// Thread: any.
public final class Callers {
    /// Keys of machines are told from people's tokens before the record is asked.
    public static final String KEY_PREFIX = "mbk_";

    /// So are places in a mediation.
    public static final String SEAT_PREFIX = "mbs_";

    /// Longer than any token of ours: what is longer is not even hashed.
    private static final int MAX_TOKEN_CHARS = 128;

    /// More people than a county has terminals and seats.
    private static final int ACQUAINTANCES = 10_000;

    private final RecordStores stores;
    private final Roster roster;
    private final InstantSource clock;
    private final Acquaintances acquaintances = new Acquaintances(ACQUAINTANCES);

    public Callers(RecordStores stores, Roster roster, InstantSource clock) {
        this.stores = stores;
        this.roster = roster;
        this.clock = clock;
    }

    public Optional<Caller> byToken(String token) throws RecordUnavailable {
        if (token.isEmpty() || token.length() > MAX_TOKEN_CHARS) {
            return Optional.empty();
        }
        var hash = Secrets.hash(token);
        if (token.startsWith(KEY_PREFIX)) {
            Optional<ApiKey> key = stores.apiKeys().findByHash(hash);
            return key.filter(found -> found.revokedAt() == null).map(Caller.Machine::new);
        }
        if (token.startsWith(SEAT_PREFIX)) {
            return stores.mediations().seat(hash, clock.instant()).map(Callers::participant);
        }
        return token(hash).flatMap(this::person);
    }

    private static Caller participant(SeatToken seat) {
        return new Caller.Participant(
                seat.mediation(), seat.person(), seat.hash(), seat.expiresAt());
    }

    private Optional<SessionToken> token(String hash) throws RecordUnavailable {
        try {
            var found = stores.accounts().findToken(hash, clock.instant());
            found.ifPresentOrElse(acquaintances::met, () -> acquaintances.forget(hash));
            return found;
        } catch (RecordUnavailable e) {
            var known = acquaintances.known(hash, clock.instant());
            if (known.isEmpty()) {
                throw e;
            }
            return known;
        }
    }

    private Optional<Caller> person(SessionToken token) {
        Optional<User> user = roster.organisation().user(token.user());
        Optional<Role> role = user.flatMap(found -> roster.organisation().role(found.role()));
        if (user.isEmpty() || role.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Caller.Person(user.get(), role.get(), token.tokenHash(), token.expiresAt()));
    }
}
