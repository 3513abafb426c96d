package org.maplebridge.signaling.burst;

import java.util.Optional;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech.SpokenOrder;

/// Makes orders of what was said with the order key.
public interface SpokenOrders {
    /// @return why this burst cannot become that order, if it cannot
    Optional<Refused> refusal(Peer speaker, SpokenOrder asked, Burst burst)
            throws RecordUnavailable;

    /// Places the order and tells of it; may be repeated.
    ///
    /// @param burst in the record already
    /// @return why it was not placed, if it was not
    Optional<Refused> place(Peer speaker, SpokenOrder asked, Burst burst, String text)
            throws RecordUnavailable;
}
