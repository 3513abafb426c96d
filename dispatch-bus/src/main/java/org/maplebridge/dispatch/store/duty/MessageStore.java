package org.maplebridge.dispatch.store.duty;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.message.OutgoingMessage;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Messages to who reported something. They are written in the transaction that closes the
/// incident, so there is one if and only if it was closed.
public interface MessageStore {
    /// Waiting, and time to try them; oldest first.
    List<OutgoingMessage> due(Instant now, int limit) throws RecordUnavailable;

    /// One node takes it and tries it; should it die, others may from `again` on.
    ///
    /// @return whether nobody else took it since it was read
    boolean claim(OutgoingMessage message, Instant again) throws RecordUnavailable;

    void sent(String id, String text, Instant at) throws RecordUnavailable;

    /// @param again absent when it is given up
    void failed(String id, String why, @Nullable Instant again) throws RecordUnavailable;

    /// Newest first.
    ///
    /// @param before id of the last one that the reader has
    List<OutgoingMessage> list(@Nullable String before, int limit) throws RecordUnavailable;
}
