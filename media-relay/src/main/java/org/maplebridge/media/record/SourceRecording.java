package org.maplebridge.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.file.RecordedFormat;
import org.maplebridge.media.record.file.RecordingWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One source's file: what of it is written, and what became of it.
///
/// Thread: the recorder's; before it [#open] on the one that makes files, after it [#close] on the
/// one that waits for disks. [#force] and [#lost] on another one that waits for disks meanwhile.
final class SourceRecording {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRecording.class);

    /// With a look every 50 ms, a crash costs about half a second.
    static final long BLOCK_NANOS = 400_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RecordingId id;
    private final SourceId source;
    private final RecordingPlan plan;
    private final RecordingStore store;
    private final RelayEvents events;
    private @Nullable RecordingWriter writer;
    private volatile RecordingStore.@Nullable Growing file;

    /// What was written is not on the disk: told by the one who waits for it.
    private volatile @Nullable IOException lost;

    private boolean failed;
    private boolean began;
    private long bytes;
    private long forcedBytes;
    private long missed;
    private long beganMillis;
    private long endedMillis;
    private long lastArrivalNanos;
    private String chain = "";

    SourceRecording(
            RecordingId id,
            SourceId source,
            RecordingPlan plan,
            RecordingStore store,
            RelayEvents events) {
        this.id = id;
        this.source = source;
        this.plan = plan;
        this.store = store;
        this.events = events;
    }

    boolean fromNow() {
        return plan.fromNow();
    }

    void open(long wallMillis, Supplier<byte[]> random) {
        try {
            var fresh = new RecordingWriter(plan.key(), source.value(), wallMillis, random);
            file = store.make(plan.file());
            writer = fresh;
            put(fresh.head());
        } catch (GeneralSecurityException e) {
            fail("bad-key", e);
        } catch (IOException | RuntimeException e) {
            fail(causeOf(e), e);
        }
    }

    private String causeOf(Exception failure) {
        return failure instanceof IOException io ? store.causeOf(io, plan.file()) : "cannot-write";
    }

    /// @param wallMinusNanos what to add to an arrival to get nanoseconds since 1970
    void packet(HeldPacket packet, long wallMinusNanos) {
        RecordingWriter to = writer;
        RecordedFormat format = packet.recordedFormat();
        if (to == null || failed || format == null) {
            missed++;
            return;
        }
        to.packet(
                format,
                packet.seq(),
                packet.timestamp(),
                packet.marker(),
                packet.startsKeyFrame(),
                packet.arrivalNanos(),
                packet.payload(),
                packet.payloadLength());
        lastArrivalNanos = packet.arrivalNanos();
        endedMillis = (lastArrivalNanos + wallMinusNanos) / NANOS_PER_MILLI;
        beganMillis = beganMillis == 0 ? endedMillis : beganMillis;
        if (to.full()) {
            seal(to, wallMinusNanos, lastArrivalNanos, false);
        }
    }

    void note(SourceTap.Note note) {
        RecordingWriter to = writer;
        if (to == null || failed) {
            return;
        }
        switch (note) {
            case SourceTap.Note.Report(long arrivalNanos, long ntpTime, int timestamp) ->
                    to.report(arrivalNanos, ntpTime, timestamp);
            case SourceTap.Note.Stretch(String publisher) -> to.stretch(publisher);
        }
    }

    void missed(int packets, long nowNanos) {
        if (packets == 0) {
            return;
        }
        missed += packets;
        RecordingWriter to = writer;
        if (to != null && !failed) {
            to.missed(nowNanos, packets);
        }
    }

    /// Writes what is due. To be called every 50 ms.
    void write(long nowNanos, long wallMinusNanos) {
        RecordingWriter to = writer;
        IOException gone = lost;
        if (gone != null) {
            fail(causeOf(gone), gone);
        }
        if (to != null && !failed && to.open()) {
            if (nowNanos - to.firstArrivalNanos() >= BLOCK_NANOS) {
                seal(to, wallMinusNanos, nowNanos, false);
            }
        }
    }

    private void seal(RecordingWriter from, long wallMinusNanos, long nowNanos, boolean last) {
        long first = from.open() ? from.firstArrivalNanos() : nowNanos;
        put(from.seal((first + wallMinusNanos) / NANOS_PER_MILLI, nowNanos, last));
        if (!began && !failed && beganMillis != 0) {
            began = true;
            events.on(new RelayEvent.RecordingBegan(id, source));
        }
    }

    private void put(ByteBuffer block) {
        RecordingStore.Growing to = file;
        int length = block.remaining();
        try {
            if (to != null && !failed) {
                to.append(block);
                bytes += length;
            }
        } catch (IOException | RuntimeException e) {
            fail(causeOf(e), e);
        }
    }

    /// Whether anything was written since this was asked last.
    boolean takeGrown() {
        boolean grown = bytes > forcedBytes && !failed;
        forcedBytes = bytes;
        return grown;
    }

    /// Brings to the disk what has been written so far.
    void force() throws IOException {
        RecordingStore.Growing open = file;
        if (open != null) {
            open.force();
        }
    }

    void lost(IOException why) {
        lost = why;
    }

    boolean failed() {
        return failed;
    }

    private void fail(String cause, Exception why) {
        if (!failed) {
            failed = true;
            LOG.error("{} cannot be written: {}", plan.file(), why.toString());
            events.on(new RelayEvent.RecordingFailed(id, source, cause));
        }
    }

    /// Writes the rest. Nothing but [#close] may follow.
    void end(long nowNanos, long wallMinusNanos) {
        RecordingWriter from = writer;
        if (from != null) {
            if (!failed) {
                seal(from, wallMinusNanos, nowNanos, true);
            }
            chain = HexFormat.of().formatHex(from.chain());
        }
        writer = null;
    }

    /// Brings the file to the disk, which may take its time, and tells what became of it.
    void close() {
        RecordingStore.Growing open = file;
        file = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException | RuntimeException e) {
            fail(causeOf(e), e);
        }
        boolean there = open != null && bytes > 0;
        events.on(
                new RelayEvent.RecordingEnded(
                        id,
                        source,
                        plan.file(),
                        beganMillis,
                        endedMillis,
                        there ? bytes : 0,
                        there ? chain : "",
                        missed,
                        !failed && missed == 0));
    }
}
