package org.maplebridge.load.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.srtp.InboundSrtp;

/// Opens every voice packet that one terminal gets, in whatever slot, and notes what it heard of
/// each talk.
///
/// Thread: its client thread; who waits for the next packet gets a future.
final class VoiceEar {
    private final InboundSrtp srtp;
    private final DelayHistogram relayDelays;
    private final DelayHistogram mouthToEar;
    private final Map<Integer, VoiceTerminal.Heard> heard = new HashMap<>();
    private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
    private long packets;
    private long unopened;

    /// @param relayDelays of packets sent with the floor: from the send call to our kernel
    /// @param mouthToEar of all: from the first sample of a packet to our kernel
    VoiceEar(InboundSrtp srtp, DelayHistogram relayDelays, DelayHistogram mouthToEar) {
        this.srtp = srtp;
        this.relayDelays = relayDelays;
        this.mouthToEar = mouthToEar;
    }

    /// @param arrivedNanos since 1970, by the kernel
    void onRtp(byte[] data, int length, long arrivedNanos) {
        int plain = srtp.unprotectRtp(data, 0, length);
        if (plain < 0) {
            unopened++;
            return;
        }
        int headerLength = RtpHeader.validate(data, 0, plain);
        if (headerLength < 0 || !VoiceMark.isAt(data, plain)) {
            return; // padding, probes
        }
        packets++;
        if (VoiceMark.isSilence(data, plain)) {
            return;
        }
        long delay = arrivedNanos - VoiceMark.sentNanos(data, plain);
        mouthToEar.record(delay + Microphone.FRAME_NANOS);
        if (VoiceMark.isGranted(data, plain)) {
            relayDelays.record(delay);
        }
        int burst = VoiceMark.burst(data, plain);
        int index = VoiceMark.index(data, plain);
        VoiceTerminal.@Nullable Heard before = heard.get(burst);
        heard.put(
                burst,
                before == null
                        ? new VoiceTerminal.Heard(
                                burst,
                                RtpHeader.ssrc(data, 0),
                                index,
                                index,
                                1,
                                arrivedNanos,
                                arrivedNanos)
                        : before.with(index, arrivedNanos));
        waiting.forEach(future -> future.complete(arrivedNanos));
        waiting.clear();
    }

    /// Completes with the arrival of the next voice packet.
    void tellNext(CompletableFuture<Long> future) {
        waiting.add(future);
    }

    /// What was heard of each talk since asked last.
    List<VoiceTerminal.Heard> takeHeard() {
        var all = List.copyOf(heard.values());
        heard.clear();
        return all;
    }

    /// Opened, silence included.
    long packets() {
        return packets;
    }

    /// Datagrams that looked like media and did not open.
    long unopened() {
        return unopened;
    }
}
