package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UserId;

/// Incidents and their ledgers. State, ledger and journal change in one transaction.
public interface IncidentStore {
    /// Something that a seat wants done once, however often it is sent.
    ///
    /// @param clientId chosen by who sends it
    /// @param what is to be done, in a word
    record Wish(String clientId, String what, UserId actor, @Nullable SeatId seat, Instant at) {}

    /// A wish that was fulfilled.
    record Fulfilled(Wish wish, IncidentId incident) {}

    /// What became of a change.
    sealed interface Change {
        /// @param incident as it is in the record now
        record Kept(Incident incident) implements Change {}

        /// The same wish was fulfilled before, or another under its id; nothing was written.
        record Repeated(Fulfilled before) implements Change {}

        /// Somebody else was first; nothing was written.
        ///
        /// @param by the last change that is known of
        record Overtaken(@Nullable Fulfilled by) implements Change {}
    }

    /// Gives it the next number of the county.
    ///
    /// @return as it is in the record now; nothing when the id is taken already, and then nothing
    ///   was written
    Optional<Incident> open(Dossier dossier, Happening happening) throws RecordUnavailable;

    /// The same for a seat. Never [Change.Overtaken].
    Change open(Dossier dossier, Wish wish, Happening happening) throws RecordUnavailable;

    /// Stores what has become of it, if nobody else changed it since `before` was read.
    Change save(Dossier before, Dossier next, Wish wish, Happening happening)
            throws RecordUnavailable;

    Optional<Fulfilled> fulfilled(String clientId) throws RecordUnavailable;

    /// The last wish that changed it.
    Optional<Fulfilled> latest(IncidentId id) throws RecordUnavailable;

    /// Opened, or changed by a seat, at or after `since`.
    List<IncidentId> changedSince(Instant since, int limit) throws RecordUnavailable;

    /// Open, not of the gravest severity, and late since before `now`, unless they were escalated
    /// for that already; who is late for longest comes first.
    ///
    /// @param escalation the word of the wish that escalates
    List<IncidentId> overdue(Instant now, String escalation, int limit) throws RecordUnavailable;

    Optional<Incident> find(IncidentId id) throws RecordUnavailable;

    Optional<Dossier> dossier(IncidentId id) throws RecordUnavailable;

    /// Without those that are a part of another one; newest first.
    List<Dossier.Line> list(IncidentQuery query) throws RecordUnavailable;

    /// One as it would stand in a list.
    Optional<Dossier.Line> line(IncidentId id) throws RecordUnavailable;

    /// Those that are a part of this one, oldest first.
    List<Incident> mergedInto(IncidentId id, int limit) throws RecordUnavailable;
}
