package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.OwnershipList;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.UserId;

/// What a county sets up for its intake: the codes that are printed and hung up, and who owns what.
public interface IntakeLists {
    /// @return false when the code stands for something already; nothing was written
    boolean add(ReportCode code, Happening happening) throws RecordUnavailable;

    /// @return nothing for one that was withdrawn
    Optional<ReportCode> code(String code) throws RecordUnavailable;

    /// By their codes, withdrawn ones too.
    List<Hung> codes() throws RecordUnavailable;

    /// Takes no reports from now on, under whatever id they come; to do it again changes nothing.
    ///
    /// @return false when there never was such a code
    boolean withdraw(String code, Instant at, Happening happening) throws RecordUnavailable;

    /// @param withdrawnAt absent while it hangs somewhere
    record Hung(ReportCode code, @Nullable Instant withdrawnAt) {}

    /// One import of the ownership list.
    record Version(long version, Instant at, UserId by, int items) {}

    /// Newest first.
    List<Version> ownershipVersions(int limit) throws RecordUnavailable;

    /// Of the newest list; 0 when there is none.
    long ownershipVersion() throws RecordUnavailable;

    OwnershipList ownership() throws RecordUnavailable;

    /// A version of its own beside the older ones, all of it or nothing.
    ///
    /// @param noted what the journal says of this version
    OwnershipList importOwnership(
            List<OwnershipItem> items, UserId by, Instant at, LongFunction<Happening> noted)
            throws RecordUnavailable;
}
