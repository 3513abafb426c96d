package org.maplebridge.dispatch.incident;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// What a seat can do with an incident. Texts were checked for their length before.
public sealed interface Action {
    /// The words of the wire.
    enum Kind {
        ACCEPT,
        RETURN,
        DISPATCH,
        ADVANCE,
        BACK,
        ATTEND,
        CALLBACK,
        EXTEND,
        CLOSE,
        REOPEN,
        SEVERITY,
        MERGE,
        UNMERGE,
        NOTE
    }

    Kind kind();

    /// Takes the own room's share on.
    record Accept() implements Action {
        @Override
        public Kind kind() {
            return Kind.ACCEPT;
        }
    }

    record Return(String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.RETURN;
        }
    }

    /// Gives a share of it, or the whole, to another room. That this room may be given one was
    /// looked at before.
    ///
    /// @param up whether that room is above the one that is responsible
    record Dispatch(NodeId node, Ledger.Room.Role role, @Nullable String reason, boolean up)
            implements Action {
        @Override
        public Kind kind() {
            return Kind.DISPATCH;
        }
    }

    /// The next step of the loop; for a room that only takes part, the end of its share.
    record Advance(@Nullable String note) implements Action {
        @Override
        public Kind kind() {
            return Kind.ADVANCE;
        }
    }

    record Back(String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.BACK;
        }
    }

    record Attend(String who, String proof) implements Action {
        @Override
        public Kind kind() {
            return Kind.ATTEND;
        }
    }

    record CallBack(Ledger.Contact.How how, @Nullable String text, @Nullable String call)
            implements Action {
        @Override
        public Kind kind() {
            return Kind.CALLBACK;
        }
    }

    /// The step's time once more, from now.
    record Extend(String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.EXTEND;
        }
    }

    record Close(String result) implements Action {
        @Override
        public Kind kind() {
            return Kind.CLOSE;
        }
    }

    record Reopen(String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.REOPEN;
        }
    }

    record Regrade(Severity severity, String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.SEVERITY;
        }
    }

    /// Makes it a part of another one that this seat sees.
    record Merge(IncidentId into) implements Action {
        @Override
        public Kind kind() {
            return Kind.MERGE;
        }
    }

    record Unmerge() implements Action {
        @Override
        public Kind kind() {
            return Kind.UNMERGE;
        }
    }

    record Note(String text) implements Action {
        @Override
        public Kind kind() {
            return Kind.NOTE;
        }
    }
}
