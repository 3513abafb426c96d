package org.maplebridge.media.congestion;

/// A picture of the narrowest link on the way to a peer: until when it is busy with what left.
/// Tells whether a picture's packet may follow now (draft-ietf-rmcat-gcc-02 §4, the pacer).
///
/// Voice never asks, it only counts. A picture's packet leaves when the link will have passed it on
/// before the next voice packet is due, or little later: right behind a voice packet, that is.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class Bottleneck {
    /// What voice may wait for a picture's packet: half of what nobody notices.
    static final long VOICE_WAIT_NANOS = 5_000_000L;

    /// And if nothing but voice is in front of that packet, so that one follows each voice packet
    /// on a link of 400 kbit/s: by the estimate, below which the link really is faster.
    static final long VOICE_WAIT_ALONE_NANOS = 12_000_000L;

    /// Where one packet takes longer than that, voice waits for one, or no picture would ever be
    /// seen beside it: 1,200 bytes at 250 kbit/s. Jitter buffers bridge as much.
    static final long VOICE_WAIT_LONGEST_NANOS = 40_000_000L;

    /// Voice packets of all voices in front of it, at most.
    private static final long IDLE_NANOS = 4_000_000L;

    /// In two gaps there is a place that is as good as any: from then on a worse one will do.
    private static final long PATIENT_NANOS = 40_000_000L;

    /// Packets are let out that often.
    private static final long LOOK_NANOS = 2_000_000L;

    /// What a packet of padding may find in front of it.
    private static final long PADDED_NANOS = 3_000_000L;

    /// While nobody talks: enough in the link that it never runs dry between two looks.
    static final long BACKLOG_NANOS = 8_000_000L;

    private long bitsPerSecond = RateControl.START;
    private long busyUntilNanos;

    void setRate(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
    }

    /// What is known of the link, in place of what was thought.
    void busyUntil(long nanos) {
        busyUntilNanos = nanos;
    }

    /// How long a packet that leaves now would wait.
    long backlogNanos(long nowNanos) {
        return Math.max(0, busyUntilNanos - nowNanos);
    }

    void left(int bytes, long nowNanos) {
        busyUntilNanos = done(bytes, nowNanos);
    }

    /// Nobody is going to tell of it: a queue that it was thought to make would never be corrected,
    /// and grow without end where voices need more than the link is held to bear.
    void leftUntold(int bytes, long nowNanos) {
        busyUntilNanos = Math.max(busyUntilNanos, nowNanos + nanosOf(bytes));
    }

    /// Whether a small packet that leaves now would wait for next to nothing.
    boolean idle(long nowNanos) {
        return busyUntilNanos - nowNanos <= PADDED_NANOS;
    }

    /// @param waitedNanos since it could have left: however voices come, and however long they are,
    ///   what waits finds a place in the end if there is one
    boolean admits(int bytes, long waitedNanos, VoiceClock voices, long nowNanos) {
        long nextVoiceNanos = voices.nextNanos(nowNanos);
        if (nextVoiceNanos == VoiceClock.NOBODY) {
            return busyUntilNanos - nowNanos <= BACKLOG_NANOS;
        }
        // Behind several voices the link is idle only a while after the last of them.
        long since = Math.max(frontNanos(voices.longestBytes(nowNanos)), nanosOf(bytes) / 2);
        boolean alone = busyUntilNanos - nowNanos <= IDLE_NANOS && voices.justLeft(since, nowNanos);
        long wait =
                alone
                        ? waitAlone(bytes, voices.longestBytes(nowNanos), voices.gapNanos(nowNanos))
                        : VOICE_WAIT_NANOS;
        long longer = Math.max(0, waitedNanos - PATIENT_NANOS) / 2;
        long most = Math.clamp(nanosOf(bytes), VOICE_WAIT_ALONE_NANOS, VOICE_WAIT_LONGEST_NANOS);
        long bearable = Math.max(wait, Math.min(wait + longer, most));
        return done(bytes, nowNanos) - nextVoiceNanos <= bearable;
    }

    /// Whether a packet of that size ever finds a place between voice packets.
    ///
    /// @param voiceBytes as long as those are
    boolean fits(int bytes, int voiceBytes, long gapNanos) {
        if (gapNanos == VoiceClock.NOBODY) {
            return true;
        }
        long front = Math.max(IDLE_NANOS / 2, nanosOf(voiceBytes));
        return nanosOf(bytes) + front - gapNanos <= waitAlone(bytes, voiceBytes, gapNanos);
    }

    /// What voice may wait for a packet with nothing but voice in front: as little as it can.
    private long waitAlone(int bytes, int voiceBytes, long gapNanos) {
        long front = frontNanos(voiceBytes);
        long own = nanosOf(bytes);
        return own + front - gapNanos <= VOICE_WAIT_ALONE_NANOS
                ? VOICE_WAIT_ALONE_NANOS
                : Math.clamp(own, VOICE_WAIT_ALONE_NANOS, VOICE_WAIT_LONGEST_NANOS);
    }

    /// Until a voice packet is through and that is seen.
    private long frontNanos(int voiceBytes) {
        return Math.max(IDLE_NANOS, nanosOf(voiceBytes) + LOOK_NANOS);
    }

    private long nanosOf(int bytes) {
        return bytes * 8_000_000_000L / bitsPerSecond;
    }

    private long done(int bytes, long nowNanos) {
        long free = Math.max(busyUntilNanos, nowNanos);
        return free + nanosOf(bytes);
    }
}
