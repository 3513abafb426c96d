package org.maplebridge.signaling.mediation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.SeatToken;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.mediation.MediationStore.Exchange;
import org.maplebridge.signaling.security.Callers;
import org.maplebridge.signaling.security.Secrets;

/// Links that open one place at one table, once and for a while, and what they are exchanged for.
///
/// Thread: any.
public final class Invitations {
    /// @param token to be shown once; it is not kept
    public record Made(String token, Instant expiresAt) {}

    /// @param token of the device from now on
    public record Place(String token, Instant expiresAt, Exchange exchange) {}

    private final MediationStore store;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Duration linkLife;
    private final Duration seatLife;

    /// @param linkLife of an invitation
    /// @param seatLife of a device's place
    public Invitations(
            MediationStore store,
            Secrets secrets,
            InstantSource clock,
            Duration linkLife,
            Duration seatLife) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.linkLife = linkLife;
        this.seatLife = seatLife;
    }

    /// A new link for this person; one that was not used opens nothing any more.
    public Made invite(Mediation mediation, PersonId person, UserId by) throws RecordUnavailable {
        var token = secrets.token();
        var now = clock.instant();
        var until = now.plus(linkLife);
        var happening =
                MediationJournal.of(
                        mediation,
                        JournalKind.MEDIATION_CHANGED,
                        null,
                        now,
                        Map.of("what", "invited", "whom", person.value(), "by", by.value()));
        store.invite(
                new Invitation(
                        Secrets.hash(token), mediation.id(), person, by, now, until, null, null),
                happening);
        return new Made(token, until);
    }

    public Place exchange(String link) throws RecordUnavailable {
        var now = clock.instant();
        var token = Callers.SEAT_PREFIX + secrets.token();
        var until = now.plus(seatLife);
        // Whose place it is stands in the invitation.
        var seat =
                new SeatToken(
                        Secrets.hash(token), new MediationId("unknown"), new PersonId("p0"), until);
        return new Place(token, until, store.exchange(Secrets.hash(link), seat, now));
    }

    /// For who works here and has a place at the table.
    public Made seat(Mediation mediation, PersonId person) throws RecordUnavailable {
        var token = Callers.SEAT_PREFIX + secrets.token();
        var until = clock.instant().plus(seatLife);
        store.seat(new SeatToken(Secrets.hash(token), mediation.id(), person, until));
        return new Made(token, until);
    }
}
