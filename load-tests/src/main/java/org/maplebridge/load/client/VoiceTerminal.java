package org.maplebridge.load.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.ice.IceCredentials;

/// The media of one push-to-talk terminal, to be driven by its signalling.
///
/// Thread: any; works on its [VoiceThread].
public final class VoiceTerminal implements AutoCloseable {
    /// What was heard of one talk.
    ///
    /// @param slot number of the stream (SSRC) in which its first packet came
    /// @param first lowest number of a packet that came
    /// @param last highest one
    /// @param packets how many came
    /// @param arrivedNanos of the first that came, since 1970
    /// @param lastArrivedNanos of the last that came
    public record Heard(
            int burst,
            int slot,
            int first,
            int last,
            int packets,
            long arrivedNanos,
            long lastArrivedNanos) {
        Heard with(int index, long atNanos) {
            return new Heard(
                    burst,
                    slot,
                    Math.min(first, index),
                    Math.max(last, index),
                    packets + 1,
                    arrivedNanos,
                    atNanos);
        }
    }

    private final VoiceTerminals fleet;
    private final VoiceThread thread;
    private final IceCredentials ice;
    private final int ssrc;
    private @Nullable VoiceTransport transport;

    VoiceTerminal(VoiceTerminals fleet, VoiceThread thread, IceCredentials ice, int ssrc) {
        this.fleet = fleet;
        this.thread = thread;
        this.ice = ice;
        this.ssrc = ssrc;
    }

    /// What to offer the server.
    public VoiceOffer offer(int slots) {
        return new VoiceOffer(ice, fleet.certificate().fingerprint(), ssrc, slots);
    }

    /// Connects to the server that answered.
    ///
    /// @return completes when media may flow
    public CompletableFuture<Void> accept(String sdpAnswer) throws IOException {
        var opened =
                new VoiceTransport(
                        ServerAnswer.parse(sdpAnswer),
                        ice,
                        fleet.certificate(),
                        fleet.ciphers(),
                        thread.relayDelays,
                        thread.mouthToEar,
                        ssrc,
                        System.nanoTime());
        thread.post(() -> {
            transport = opened;
            thread.add(opened);
        });
        return opened.connected();
    }

    /// The key goes down: voice leaves from now on.
    ///
    /// @param burst a number that no other talk has
    public void press(int burst) {
        microphone(microphone -> {
            microphone.press(burst, System.nanoTime());
            thread.talks(microphone);
        });
    }

    public void granted() {
        microphone(Microphone::granted);
    }

    public void release() {
        microphone(Microphone::release);
    }

    /// The server said no: nothing more leaves.
    public void cut() {
        microphone(Microphone::cut);
    }

    private void microphone(Consumer<Microphone> work) {
        thread.post(() -> {
            @Nullable Microphone microphone = transport == null ? null : transport.microphone();
            if (microphone != null) {
                work.accept(microphone);
            }
        });
    }

    /// Voice packets of each talk of this microphone so far.
    public Map<Integer, Integer> sentByBurst() {
        return thread.ask(() -> {
            @Nullable Microphone microphone = transport == null ? null : transport.microphone();
            return microphone == null ? Map.of() : microphone.sentByBurst();
        });
    }

    /// What was heard of each talk since asked last.
    public List<Heard> takeHeard() {
        return thread.ask(() -> {
            @Nullable VoiceEar ear = transport == null ? null : transport.ear();
            return ear == null ? List.of() : ear.takeHeard();
        });
    }

    /// Completes when the next voice packet is seen, with its arrival at the kernel since 1970.
    public CompletableFuture<Long> nextArrival() {
        var future = new CompletableFuture<Long>();
        thread.post(() -> {
            @Nullable VoiceEar ear = transport == null ? null : transport.ear();
            if (ear != null) {
                ear.tellNext(future);
            }
        });
        return future;
    }

    /// Media that did not open so far.
    public long unopened() {
        return thread.ask(() -> {
            @Nullable VoiceEar ear = transport == null ? null : transport.ear();
            return ear == null ? 0L : ear.unopened();
        });
    }

    public boolean isLost() {
        return thread.ask(() -> transport != null && transport.isLost());
    }

    /// As when the network fails: nobody says goodbye.
    public void vanish() {
        end(VoiceTransport::vanish);
    }

    @Override
    public void close() {
        end(VoiceTransport::close);
    }

    private void end(Consumer<VoiceTransport> how) {
        thread.post(() -> {
            @Nullable VoiceTransport open = transport;
            transport = null;
            if (open != null) {
                thread.remove(open);
                how.accept(open);
            }
        });
    }
}
