package org.maplebridge.signaling.mediation.telephone;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.SeatToken;
import org.maplebridge.dispatch.mediation.telephone.AccessCode;
import org.maplebridge.dispatch.mediation.telephone.CodeGuard;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.mediation.MediationStore.Exchange;
import org.maplebridge.signaling.mediation.MediationJournal;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.TableDoor;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.security.Secrets;

/// Codes by which people call in. A code is an invitation: good once and for a while, and the
/// newest one of a person, whether link or code, is the only one that opens.
///
/// Thread: any.
public final class AccessCodes {
    /// @param code to be shown once; it is not kept
    public record Made(AccessCode code, Instant expiresAt) {}

    /// What came of keying one in.
    public sealed interface Entry {
        record In(TelephoneLine line) implements Entry {}

        record Unknown() implements Entry {}

        record Shut(Invitation.Fault why) implements Entry {}

        /// Too many wrong ones: not looked at before that.
        record Locked(Duration left) implements Entry {}

        /// The table stands on another node; the code is good there.
        record Elsewhere(ServerNode node) implements Entry {}

        record Barred(Bar why) implements Entry {}
    }

    private final MediationStore store;
    private final Telephones telephones;
    private final TableDoor door;
    private final Sealing sealing;
    private final Secrets secrets;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Duration life;
    private final CodeGuard guard = new CodeGuard();
    private final SecureRandom random = new SecureRandom();

    /// @param life of a code
    public AccessCodes(
            MediationStore store,
            Telephones telephones,
            TableDoor door,
            Sealing sealing,
            Secrets secrets,
            InstantSource clock,
            LongSupplier nanoClock,
            Duration life) {
        this.store = store;
        this.telephones = telephones;
        this.door = door;
        this.sealing = sealing;
        this.secrets = secrets;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.life = life;
    }

    /// A link or code of theirs that was not used opens nothing any more.
    public Made make(Mediation mediation, PersonId person, UserId by) throws RecordUnavailable {
        var code = AccessCode.make(random::nextInt);
        var now = clock.instant();
        var until = now.plus(life);
        var happening =
                MediationJournal.of(
                        mediation,
                        JournalKind.MEDIATION_CHANGED,
                        null,
                        now,
                        Map.of(
                                "what",
                                "invited by telephone",
                                "whom",
                                person.value(),
                                "by",
                                by.value()));
        store.invite(
                new Invitation(
                        sealing.mark(code.digits()),
                        mediation.id(),
                        person,
                        by,
                        now,
                        until,
                        null,
                        null),
                happening);
        return new Made(code, until);
    }

    /// @param key the gateway's
    /// @param caller their number, or empty where it is withheld: all those count as one
    public Entry enter(String key, String text, String caller) throws RecordUnavailable {
        long locked = guard.tryNanos(caller, nanoClock.getAsLong());
        if (locked > 0) {
            return new Entry.Locked(Duration.ofNanos(locked));
        }
        Optional<AccessCode> code = AccessCode.of(text);
        Optional<Invitation> found =
                code.isEmpty()
                        ? Optional.empty()
                        : store.invitation(sealing.mark(code.get().digits()));
        if (found.isEmpty()) {
            return new Entry.Unknown();
        }
        Invitation.@Nullable Fault fault = found.get().fault(clock.instant());
        if (fault != null) {
            return new Entry.Shut(fault);
        }
        guard.right(caller);
        return seat(key, found.get());
    }

    private Entry seat(String key, Invitation invitation) throws RecordUnavailable {
        var mediation = store.find(invitation.mediation()).orElseThrow();
        if (mediation.isOver()) {
            return new Entry.Barred(Bar.MEDIATION_OVER);
        }
        Optional<ServerNode> elsewhere = door.elsewhere(mediation.id());
        if (elsewhere.isPresent()) {
            return new Entry.Elsewhere(elsewhere.get());
        }
        if (telephones.isCalled(mediation.id(), invitation.person())) {
            return new Entry.Barred(Bar.CALLED_ALREADY);
        }
        // A telephone is known by its call, so nobody is given the token.
        var unused =
                new SeatToken(
                        Secrets.hash(secrets.token()),
                        mediation.id(),
                        invitation.person(),
                        clock.instant());
        return switch (store.exchange(invitation.hash(), unused, clock.instant())) {
            case Exchange.Unknown() -> new Entry.Unknown();
            case Exchange.Shut(Invitation.Fault why) -> new Entry.Shut(why);
            case Exchange.Opened(Invitation opened) ->
                    switch (telephones.came(
                            key, mediation, mediation.person(opened.person()).orElseThrow())) {
                        case Telephones.Came.In(TelephoneLine line) -> new Entry.In(line);
                        case Telephones.Came.Barred(Bar why) -> new Entry.Barred(why);
                    };
        };
    }
}
