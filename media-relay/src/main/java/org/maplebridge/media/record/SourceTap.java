package org.maplebridge.media.record;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;

/// Takes what one source sends on its way to one recording. Whatever finds no room is counted,
/// told, and left out; nobody waits.
///
/// Thread: any media loop; each method returns at once.
public final class SourceTap {
    /// What comes beside packets, seldom.
    sealed interface Note {
        record Report(long arrivalNanos, long ntpTime, int timestamp) implements Note {}

        record Stretch(String publisher) implements Note {}
    }

    private final RecordingId id;
    private final SourceId source;
    private final RelayEvents events;
    private final Handover handover;
    private final SourceRecording recording;
    private final AtomicInteger missed = new AtomicInteger();
    private final AtomicBoolean behind = new AtomicBoolean();
    private final AtomicInteger holders = new AtomicInteger();

    private boolean handed;

    /// Written by the recorder's thread, which lets nothing through any more.
    private volatile boolean shut;

    SourceTap(
            RecordingId id,
            SourceId source,
            RelayEvents events,
            Handover handover,
            SourceRecording recording) {
        this.id = id;
        this.source = source;
        this.events = events;
        this.handover = handover;
        this.recording = recording;
    }

    public RecordingId id() {
        return id;
    }

    public SourceId source() {
        return source;
    }

    /// Whether nothing that came before may be in it.
    public boolean fromNow() {
        return recording.fromNow();
    }

    SourceRecording recording() {
        return recording;
    }

    /// Holds the packet until it is written.
    public void packet(HeldPacket packet) {
        if (shut) {
            return;
        }
        packet.retain();
        if (!handover.offer(this, packet)) {
            packet.letGo();
            miss();
        }
    }

    /// The publisher's report.
    public void report(long arrivalNanos, long ntpTime, int timestamp) {
        note(new Note.Report(arrivalNanos, ntpTime, timestamp));
    }

    /// What sends began anew, or is another.
    public void stretch(String publisher) {
        note(new Note.Stretch(publisher));
    }

    private void note(Note note) {
        if (!shut && !handover.offer(this, note)) {
            miss();
        }
    }

    private void miss() {
        missed.incrementAndGet();
        if (behind.compareAndSet(false, true)) {
            events.on(new RelayEvent.RecordingFailed(id, source, "disk-slow"));
        }
    }

    /// @return what was missed since the last call
    int takeMissed() {
        if (!behind.getAndSet(false)) {
            return 0;
        }
        return missed.getAndSet(0);
    }

    /// Loops have it from now on. Guarded by the recorder's lock, as [#handed].
    void hand() {
        handed = true;
    }

    boolean handed() {
        return handed;
    }

    /// Whether its recording is over, whatever anybody hands over.
    public boolean isShut() {
        return shut;
    }

    void shut() {
        shut = true;
    }

    /// So many loops will say [#leave].
    void heldBy(int loops) {
        holders.set(loops);
    }

    /// One loop more hands over nothing any more.
    ///
    /// @return whether it was the last
    boolean leave() {
        return holders.decrementAndGet() == 0;
    }
}
