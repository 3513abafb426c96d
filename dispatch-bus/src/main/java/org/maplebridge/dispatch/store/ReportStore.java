package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.intake.Likeness;
import org.maplebridge.dispatch.intake.Rating;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;

/// What was reported. A report, the incident that it opens and the journal change in one
/// transaction, and the same report again changes nothing.
public interface ReportStore {
    /// What is to be taken in.
    ///
    /// @param opening what the report opens, unless it is about one that is there
    /// @param sameSince a report that says the very same of the very same place, received at or
    ///   after this, is about the same matter while that is open
    /// @param signature that is used up by it
    record Admission(
            Report report, Dossier opening, Instant sameSince, @Nullable String signature) {}

    /// What became of it; with the incident as it is in the record now. A report about what was
    /// made a part of another incident is about that one.
    sealed interface Taking {
        record Opened(Report report, Incident incident) implements Taking {}

        /// It was added to an open incident.
        record Merged(Report report, Incident incident) implements Taking {}

        /// The source's id was taken before; nothing was written but that the signature is used.
        ///
        /// @param report the one that was taken
        record Repeated(Report report, Incident incident) implements Taking {}

        /// The signature was used before; nothing was written.
        record Replayed() implements Taking {}
    }

    /// @param noted what the journal says of it once it is known what became of it; asked for what
    ///   was opened or merged
    Taking take(Admission admission, Function<Taking, Happening> noted) throws RecordUnavailable;

    Optional<Report> byReceipt(String receipt) throws RecordUnavailable;

    /// About this incident, oldest first.
    List<Report> about(IncidentId incident, int limit) throws RecordUnavailable;

    enum Rated {
        RATED,
        /// There was one before, and it stays.
        RATED_ALREADY,
        NOT_CLOSED,
        UNKNOWN
    }

    /// Once, and only when the incident is closed.
    Rated rate(String receipt, Rating rating, Function<Report, Happening> noted)
            throws RecordUnavailable;

    Optional<Rating> rating(ReportId report) throws RecordUnavailable;

    /// As much of an incident and its reports as is compared with others.
    Optional<Likeness.Matter> matter(IncidentId incident) throws RecordUnavailable;

    /// Open incidents opened at or after `since`, newest first.
    ///
    /// @param rooms one of which has to have a share in it; absent for any
    List<Likeness.Matter> openMatters(@Nullable Collection<NodeId> rooms, Instant since, int limit)
            throws RecordUnavailable;

    /// Forgets signatures used before this, which are stale by then.
    void forgetSignatures(Instant before) throws RecordUnavailable;
}
