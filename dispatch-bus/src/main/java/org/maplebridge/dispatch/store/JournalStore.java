package org.maplebridge.dispatch.store;

import java.util.List;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.Subject;

/// The journal, append-only. Entries about one order stand in the order in which they happened;
/// entries about different things that happen at once may become visible in another order than
/// their sequence, so a reader that follows the end must look back a little.
public interface JournalStore {
    JournalEntry append(Happening happening) throws RecordUnavailable;

    /// All or none, in this order.
    List<JournalEntry> append(List<Happening> happenings) throws RecordUnavailable;

    /// About this subject, after `sequence`, oldest first.
    List<JournalEntry> about(Subject subject, long sequence, int limit) throws RecordUnavailable;

    /// About this subject, the last ones, oldest first.
    List<JournalEntry> latest(Subject subject, int limit) throws RecordUnavailable;

    /// Everything after `sequence`, oldest first.
    List<JournalEntry> after(long sequence, int limit) throws RecordUnavailable;
}
