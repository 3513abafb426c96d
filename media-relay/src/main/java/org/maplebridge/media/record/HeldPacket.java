package org.maplebridge.media.record;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.record.file.RecordedFormat;

/// A packet on its way to a recording: kept by reference, so that handing it over copies and makes
/// nothing.
///
/// Thread: any while it is held, unchanged.
public interface HeldPacket {
    byte[] payload();

    int payloadLength();

    long seq();

    int timestamp();

    boolean marker();

    boolean startsKeyFrame();

    /// On the relay's monotonic clock.
    long arrivalNanos();

    /// Null for what recordings have no number for.
    @Nullable RecordedFormat recordedFormat();

    /// Nobody may use it again before [#letGo].
    void retain();

    void letGo();
}
