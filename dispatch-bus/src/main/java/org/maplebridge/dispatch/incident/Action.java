package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;

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
        NOTE,
        INVITE,
        RECALL,
        CONFER,
        SETTLE,
        EXPECT,
        EXCUSE,
        LETTER
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
    /// @param blind whether nothing says that it is that room's matter: no line of the ownership
    ///   list, and no joint session
    record Dispatch(
            NodeId node, Ledger.Room.Role role, @Nullable String reason, boolean up, boolean blind)
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

    /// @param proof looked up before
    record Attend(String who, Proof proof) implements Action {
        @Override
        public Kind kind() {
            return Kind.ATTEND;
        }
    }

    /// @param call the recorded conversation, looked up before; absent where there is none
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

    /// Calls an agency in. That it stands on the ownership list, and the picture is running, was
    /// looked at before.
    ///
    /// @param unit whose picture the agency sees; absent where there is none
    /// @param item the line of the list that names it
    record Invite(NodeId node, @Nullable UnitId unit, String reason, String item)
            implements Action {
        @Override
        public Kind kind() {
            return Kind.INVITE;
        }
    }

    /// Takes back the pictures that an agency was shown.
    record Recall(NodeId node, String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.RECALL;
        }
    }

    /// Opens a joint session about whose matter it is.
    record Confer(List<NodeId> nodes, String reason) implements Action {
        public Confer {
            nodes = List.copyOf(nodes);
        }

        @Override
        public Kind kind() {
            return Kind.CONFER;
        }
    }

    /// What the joint session decided.
    ///
    /// @param owner who is responsible from now on
    /// @param present rooms that took part
    record Settle(NodeId owner, String reason, List<NodeId> present) implements Action {
        public Settle {
            present = List.copyOf(present);
        }

        @Override
        public Kind kind() {
            return Kind.SETTLE;
        }
    }

    /// Somebody must come, and prove it.
    ///
    /// @param who an id of the seat's choice
    record Expect(String who, String name) implements Action {
        @Override
        public Kind kind() {
            return Kind.EXPECT;
        }
    }

    /// Somebody need not come after all.
    record Excuse(String who, String reason) implements Action {
        @Override
        public Kind kind() {
            return Kind.EXCUSE;
        }
    }

    /// A letter was written to a room.
    ///
    /// @param template one of the county's
    /// @param sent whether it was handed over, not only printed
    /// @param due when an answer has to be there
    record Letter(String template, NodeId node, boolean sent, @Nullable Instant due)
            implements Action {
        @Override
        public Kind kind() {
            return Kind.LETTER;
        }
    }
}
