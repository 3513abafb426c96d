package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.call.Callback;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.CallbackId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// Who wants to be called back. State and journal change in one transaction.
public interface CallbackStore {
    /// What became of a wish to be called.
    enum Asking {
        ASKED,
        /// The same was asked before; nothing was written.
        REPEATED,
        /// The id stands for another wish; nothing was written.
        CONFLICT,
        /// The unit that is asked has [Callback#MOST_OPEN] open ones; nothing was written.
        TOO_MANY
    }

    Asking ask(Callback callback, Happening happening) throws RecordUnavailable;

    /// @return false when it is done already, or there is none; nothing was written
    boolean done(CallbackId id, UserId by, Instant at, Happening happening)
            throws RecordUnavailable;

    Optional<Callback> find(CallbackId id) throws RecordUnavailable;

    /// Open ones that this unit is asked for or asked itself, oldest first.
    List<Callback> openFor(UnitId unit) throws RecordUnavailable;
}
