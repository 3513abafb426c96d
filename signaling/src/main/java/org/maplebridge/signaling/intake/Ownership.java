package org.maplebridge.signaling.intake;

import java.util.List;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.OwnershipList;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The ownership list in memory; the record is asked each time whether there is a newer one.
///
/// Thread: any; one volatile reference to an immutable value.
public final class Ownership {
    private final IntakeLists lists;
    private volatile OwnershipList known = OwnershipList.NONE;

    public Ownership(IntakeLists lists) {
        this.lists = lists;
    }

    public OwnershipList current() throws RecordUnavailable {
        if (lists.ownershipVersion() != known.version()) {
            known = lists.ownership();
        }
        return known;
    }

    /// Whose matter this is, the best line first; nothing when the owner is unclear.
    public List<OwnershipItem> suggest(String text, String kind, int most)
            throws RecordUnavailable {
        return current().suggest(text, kind, most);
    }
}
