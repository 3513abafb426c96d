package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;

/// What is known of pictures and videos, on their way or arrived. The files lie elsewhere.
public interface EvidenceStore {
    /// How much there may be.
    ///
    /// @param ofSource pictures and videos of one sender about one thing
    /// @param ofMatter about one incident, or about one order that has none
    /// @param unfinishedOfPayer bytes that one payer has announced and not finished
    /// @param unfinished bytes of all
    /// @param since what was announced before this is forgotten, if it has not arrived
    record Bounds(
            int ofSource, int ofMatter, long unfinishedOfPayer, long unfinished, Instant since) {}

    /// What became of an announcement.
    sealed interface Beginning {
        record Begun(Evidence evidence) implements Beginning {}

        /// The same sender announced the same before, and perhaps sent it.
        record Known(Evidence evidence) implements Beginning {}

        /// As many as may be.
        record TooMany() implements Beginning {}

        /// This payer has too much unfinished.
        record TooMuch() implements Beginning {}

        /// All together have.
        record NoRoom() implements Beginning {}
    }

    /// The bounds of one matter hold however many announce at once; those of payers and of all hold
    /// when one at a time asks.
    Beginning begin(Evidence evidence, Bounds bounds) throws RecordUnavailable;

    Optional<Evidence> find(EvidenceId id) throws RecordUnavailable;

    /// Arrival and journal in one transaction. Whose share it counted to is forgotten.
    ///
    /// @return false when it is there already, or not known any more, and then nothing was written
    boolean arrive(Evidence evidence, Happening happening) throws RecordUnavailable;

    /// Forgets what has not arrived.
    void drop(EvidenceId id) throws RecordUnavailable;

    /// Arrived, about this incident or one that is a part of it; of too many the newest, oldest
    /// first.
    List<Evidence> about(IncidentId incident, int limit) throws RecordUnavailable;

    /// Arrived, about this order; oldest first.
    List<Evidence> about(OrderId order, int limit) throws RecordUnavailable;

    /// Arrived, uploaded at this mediation's table; oldest first.
    List<Evidence> uploaded(MediationId mediation, int limit) throws RecordUnavailable;

    /// Of a citizen's report, on its way or arrived; oldest first.
    List<Evidence> of(ReportId report, int limit) throws RecordUnavailable;

    /// What has not arrived, oldest first.
    List<Evidence> unfinished(int limit) throws RecordUnavailable;

    /// Forgets what was announced before this and has not arrived.
    int dropUnfinished(Instant before) throws RecordUnavailable;
}
