package org.maplebridge.dispatch.store.mediation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.SeatToken;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Mediations, the invitations to them, and what was signed there.
public interface MediationStore {
    /// What came of showing an invitation.
    sealed interface Exchange {
        /// It opened, and opens no more.
        record Opened(Invitation invitation) implements Exchange {}

        record Shut(Invitation.Fault why) implements Exchange {}

        record Unknown() implements Exchange {}
    }

    /// @param code by which it is asked for
    /// @param hash SHA-256 of the file
    record Document(String code, MediationId mediation, byte[] file, String hash, Instant madeAt) {}

    /// @return false when there is one of this id
    boolean open(Mediation mediation, Happening happening) throws RecordUnavailable;

    /// Keeps what changed. Consents, writings and signatures that are there stay as they are; only
    /// that a text was read back is added to one.
    ///
    /// @return as it is kept now; nothing when somebody else was faster
    Optional<Mediation> save(Mediation before, Mediation next, Happening happening)
            throws RecordUnavailable;

    /// As [#save], with the file that everybody gets.
    Optional<Mediation> end(
            Mediation before, Mediation next, Document document, Happening happening)
            throws RecordUnavailable;

    Optional<Mediation> find(MediationId id) throws RecordUnavailable;

    /// Newest first, consultations left out; without what was written and signed.
    List<Mediation> list(int limit) throws RecordUnavailable;

    /// The newest consultation by this preset about this, over or not.
    Optional<Mediation> latest(String preset, NodeId node, Optional<IncidentId> about)
            throws RecordUnavailable;

    /// Those that are not over, newest first.
    List<Mediation> consultations(int limit) throws RecordUnavailable;

    /// Notes that members are told now that it is time for that day's meeting.
    ///
    /// @return false when they were told before, by whichever node
    boolean announce(String preset, NodeId town, LocalDate day, Instant now)
            throws RecordUnavailable;

    /// Former ones of the same person that were not used are revoked with it.
    void invite(Invitation invitation, Happening happening) throws RecordUnavailable;

    /// Without using it up.
    Optional<Invitation> invitation(String hash) throws RecordUnavailable;

    /// Of all who show it at once one gets in.
    ///
    /// @param token for the device that showed it; former ones of the same person are no good any
    ///   more
    Exchange exchange(String hash, SeatToken token, Instant now) throws RecordUnavailable;

    /// For who needs no invitation; former ones of the same person are no good any more.
    void seat(SeatToken token) throws RecordUnavailable;

    Optional<SeatToken> seat(String hash, Instant now) throws RecordUnavailable;

    Optional<Document> document(String code) throws RecordUnavailable;
}
