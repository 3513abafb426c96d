package org.maplebridge.load.client;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.maplebridge.load.kernel.KernelSocket;
import org.maplebridge.media.rtp.RtpHeaderWriter;
import org.maplebridge.media.srtp.OutboundSrtp;

/// A talk key's microphone as the pages drive it: sends from the moment the key goes down, goes on
/// for 60 ms when it goes up, then sends digital silence until the track is taken off, then
/// nothing.
///
/// Thread: its client thread.
final class Microphone {
    static final long FRAME_NANOS = 20_000_000;
    private static final int FRAME_TICKS = 960;
    private static final int TAIL_FRAMES = 3;
    private static final int SILENT_FRAMES = 12;
    private static final int VOICE_LEVEL = 30;
    private static final int SILENCE_LEVEL = 127;
    private static final int VOICE_BIT = 0x80;
    private static final byte[] MID = VoiceOffer.MICROPHONE.getBytes(StandardCharsets.UTF_8);

    private enum State {
        OFF,
        TALKING,
        TAIL,
        SILENT
    }

    private final KernelSocket socket;
    private final OutboundSrtp srtp;
    private final int ssrc;
    private final MemorySegment memory = Arena.ofAuto().allocate(512, 64);
    private final RtpHeaderWriter header = new RtpHeaderWriter(false);
    private final Map<Integer, Integer> sent = new HashMap<>();
    private State state = State.OFF;
    private int burst;
    private int index;
    private boolean granted;
    private int framesLeft;
    private long nextNanos;
    private long packetIndex = 1_000;
    private int timestamp;
    private long lateNanos;

    Microphone(KernelSocket socket, OutboundSrtp srtp, int ssrc) {
        this.socket = socket;
        this.srtp = srtp;
        this.ssrc = ssrc;
    }

    /// The first 20 ms are captured from now on, and leave when they are full.
    void press(int nextBurst, long nowNanos) {
        burst = nextBurst;
        index = 0;
        granted = false;
        if (state == State.OFF) {
            // The capture clock went on meanwhile.
            timestamp += FRAME_TICKS * (int) Math.min(1_000, (nowNanos - nextNanos) / FRAME_NANOS);
            nextNanos = nowNanos + FRAME_NANOS;
        }
        state = State.TALKING;
    }

    void granted() {
        granted = true;
    }

    void release() {
        if (state == State.TALKING) {
            state = State.TAIL;
            framesLeft = TAIL_FRAMES;
        }
    }

    /// Nothing more leaves: the server said no.
    void cut() {
        state = State.OFF;
    }

    /// Voice packets of each talk so far.
    Map<Integer, Integer> sentByBurst() {
        return Map.copyOf(sent);
    }

    /// Furthest behind its own plan since asked last.
    long takeLatenessNanos() {
        long worst = lateNanos;
        lateNanos = 0;
        return worst;
    }

    /// Sends what is due.
    ///
    /// @return when to come again; [Long#MAX_VALUE] when the key is up
    long sendDue(long nowNanos) {
        while (state != State.OFF && nowNanos - nextNanos >= 0) {
            lateNanos = Math.max(lateNanos, nowNanos - nextNanos);
            send(state == State.SILENT);
            nextNanos += FRAME_NANOS;
            advance();
        }
        return state == State.OFF ? Long.MAX_VALUE : nextNanos;
    }

    private void advance() {
        switch (state) {
            case OFF, TALKING -> {}
            case TAIL -> {
                if (--framesLeft == 0) {
                    state = State.SILENT;
                    framesLeft = SILENT_FRAMES;
                }
            }
            case SILENT -> {
                if (--framesLeft == 0) {
                    state = State.OFF;
                }
            }
        }
    }

    private void send(boolean silence) {
        timestamp += FRAME_TICKS;
        boolean first = index == 0 && !silence;
        header.begin(memory, 0, first, VoiceOffer.OPUS, (int) packetIndex, timestamp, ssrc);
        header.extension(VoiceOffer.MID_EXTENSION, MID);
        header.extension8(
                VoiceOffer.LEVEL_EXTENSION, silence ? SILENCE_LEVEL : VOICE_BIT | VOICE_LEVEL);
        int headerLength = header.end();
        // 24 to 40 kbit/s, as speech has it, without a random number for every packet.
        int payload = silence ? VoiceMark.BYTES + 4 : 60 + (int) (packetIndex * 7 % 40);
        int length = headerLength + payload;
        VoiceMark.fill(memory, headerLength, payload);
        VoiceMark.write(memory, length, burst, index, silence, granted);
        int sealed = srtp.protectRtp(memory, 0, headerLength, length, ssrc, packetIndex++);
        socket.send(memory, sealed);
        if (!silence) {
            index++;
            sent.put(burst, index);
        }
    }
}
