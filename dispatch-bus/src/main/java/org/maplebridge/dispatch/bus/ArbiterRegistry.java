package org.maplebridge.dispatch.bus;

import java.util.Optional;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;

/// Which node decides about which floor. Kept on two nodes at least; when two halves of a cluster
/// find together again, the higher term stands.
public interface ArbiterRegistry {
    /// Who decides, or this member from now on if nobody does.
    Arbiter seat(CallId call, MemberId self);

    /// Takes over from one that is gone, unless somebody was faster.
    ///
    /// @return who decides now
    Arbiter takeOver(Arbiter former, MemberId self);

    Optional<Arbiter> at(CallId call);

    /// The conversation is over. Nothing happens when somebody else decides by now.
    void vacate(Arbiter last);
}
