package org.maplebridge.signaling.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.AccountStore;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.SessionToken;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Turns a right password into a token, and wrong ones into longer and longer waits.
///
/// Thread: any.
public final class SignIn {
    /// A password check costs about 100 ms of a core on purpose: no more than this many at once.
    private static final int CHECKS_AT_ONCE = 4;

    private static final int MAX_PASSWORD_CHARS = 200;

    public sealed interface Outcome {
        record Welcome(String token, Instant expiresAt, User user) implements Outcome {}

        /// Unknown account, disabled account and wrong password are not told apart.
        record Wrong() implements Outcome {}

        record Wait(Duration left) implements Outcome {}
    }

    private final AccountStore accounts;
    private final Roster roster;
    private final Audit audit;
    private final PasswordEncoder encoder;
    private final Secrets secrets;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Duration tokenLife;
    private final String nobodysHash;
    private final LoginThrottle throttle = new LoginThrottle();
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);

    public SignIn(
            AccountStore accounts,
            Roster roster,
            Audit audit,
            PasswordEncoder encoder,
            Secrets secrets,
            InstantSource clock,
            LongSupplier nanoClock,
            Duration tokenLife) {
        this.accounts = accounts;
        this.roster = roster;
        this.audit = audit;
        this.encoder = encoder;
        this.secrets = secrets;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.tokenLife = tokenLife;
        nobodysHash = encode(encoder, secrets.token());
    }

    public Outcome signIn(String name, String password, String address) throws RecordUnavailable {
        long wait = throttle.waitNanos(name, address, nanoClock.getAsLong());
        if (wait > 0) {
            return new Outcome.Wait(Duration.ofNanos(wait).plusSeconds(1));
        }
        Optional<User> user = proven(name, password);
        if (user.isEmpty()) {
            throttle.failed(name, address, nanoClock.getAsLong());
            note(AuditEntry.Kind.SIGN_IN_REFUSED, name, address);
            return new Outcome.Wrong();
        }
        throttle.succeeded(name);
        var token = secrets.token();
        var now = clock.instant();
        var until = now.plus(tokenLife);
        accounts.saveToken(new SessionToken(Secrets.hash(token), user.get().id(), now, until));
        note(AuditEntry.Kind.SIGNED_IN, name, address);
        return new Outcome.Welcome(token, until, user.get());
    }

    public void signOut(Caller.Person person, String address) throws RecordUnavailable {
        accounts.revokeToken(person.tokenHash());
        note(AuditEntry.Kind.SIGNED_OUT, person.account(), address);
    }

    private Optional<User> proven(String name, String password) throws RecordUnavailable {
        Optional<Account> account =
                Ids.isValid(name) ? accounts.find(new UserId(name)) : Optional.empty();
        var hash = account.map(Account::passwordHash).orElse(nobodysHash);
        boolean right = password.length() <= MAX_PASSWORD_CHARS && matches(password, hash);
        return right && account.isPresent() && account.get().enabled()
                ? roster.organisation().user(account.get().user())
                : Optional.empty();
    }

    /// Takes as long for an unknown account as for a known one.
    private boolean matches(String password, String hash) {
        checks.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            checks.release();
        }
    }

    private void note(AuditEntry.Kind kind, String who, String address) throws RecordUnavailable {
        audit.write(new AuditEntry(clock.instant(), kind, who, "", address, Map.of()));
    }

    private static String encode(PasswordEncoder encoder, String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the password encoder made no hash");
        }
        return hash;
    }
}
