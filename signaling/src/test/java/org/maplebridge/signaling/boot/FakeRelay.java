package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;

/// A relay without packets: remembers what it was told and says what a test makes it say.
///
/// Thread: any, guarded by this.
public final class FakeRelay implements MediaRelay {
    public record Holder(SourceId talker, long epoch) {}

    /// What a recorded grant has in its file.
    public static final byte[] SOUND = sound();

    private record Tape(long epoch, Path file) {}

    private record Reel(SourceId source, Path file, long beganMillis) {}

    private final RelayEvents events;
    private final Map<LegId, LegPlan> plans = new HashMap<>();
    private final Map<LegId, Map<String, SourceId>> slots = new HashMap<>();
    private final Map<SourceId, Holder> floors = new HashMap<>();
    private final Map<SourceId, Long> turns = new HashMap<>();
    private final Map<SourceId, SourceStats> stats = new HashMap<>();
    private final Map<RecordingId, Reel> reels = new HashMap<>();
    private final Map<SourceId, Tape> tapes = new HashMap<>();
    private final Map<String, LegId> links = new HashMap<>();
    private final List<PictureLimit> limits = new ArrayList<>();
    private int ends;
    private int opened;
    private long soundMillis = 1_200;

    public FakeRelay(RelayEvents events) {
        this.events = events;
    }

    public synchronized Map<String, SourceId> slotsOf(LegId leg) {
        return Map.copyOf(slots.getOrDefault(leg, Map.of()));
    }

    /// The leg that belongs to this session now.
    public synchronized LegId legOf(String session) {
        return plans.keySet().stream()
                .filter(leg -> leg.value().startsWith(session))
                .findFirst()
                .orElseThrow();
    }

    public synchronized boolean hasLegOf(String session) {
        return plans.keySet().stream().anyMatch(leg -> leg.value().startsWith(session));
    }

    public synchronized LegPlan planOf(LegId leg) {
        return Optional.ofNullable(plans.get(leg)).orElseThrow();
    }

    public synchronized Optional<Holder> floorOf(SourceId channel) {
        return Optional.ofNullable(floors.get(channel));
    }

    public synchronized int opened() {
        return opened;
    }

    public synchronized void has(SourceId source, SourceStats figures) {
        stats.put(source, figures);
    }

    public void say(RelayEvent event) {
        events.on(event);
    }

    @Override
    public synchronized Negotiation open(LegId leg, String offer, LegPlan plan) {
        if (!offer.startsWith("v=0")) {
            return new Negotiation.Refused("sdp-malformed", "Not SDP.");
        }
        if (!offer.contains("a=ice-ufrag:")) {
            return new Negotiation.Refused("sdp-no-ice", "No ICE credentials.");
        }
        if (!offer.contains("a=fingerprint:")) {
            return new Negotiation.Refused("sdp-no-fingerprint", "No fingerprint.");
        }
        opened++;
        plans.put(leg, plan);
        slots.put(leg, new HashMap<>());
        return new Negotiation.Accepted(answer("server" + opened), false);
    }

    @Override
    public synchronized Negotiation reoffer(LegId leg, String offer) {
        if (!plans.containsKey(leg)) {
            return new Negotiation.Refused("leg-unknown", "Gone.");
        }
        if (offer.contains("a=fingerprint:sha-256 OTHER")) {
            return new Negotiation.Refused("sdp-changed", "Another certificate.");
        }
        return new Negotiation.Accepted(answer("again"), true);
    }

    @Override
    public synchronized Negotiation restart(LegId leg, String fragment) {
        return plans.containsKey(leg) && fragment.contains("a=ice-pwd:")
                ? new Negotiation.Accepted("a=ice-lite\r\na=ice-ufrag:again\r\n", true)
                : new Negotiation.Refused("sdp-no-ice", "No credentials.");
    }

    @Override
    public synchronized boolean trickle(LegId leg, String fragment) {
        return plans.containsKey(leg) && fragment.startsWith("a=");
    }

    @Override
    public synchronized LinkEnd linkEnd() {
        return new LinkEnd("end" + ++ends, "", "", List.of());
    }

    /// Stands at once.
    @Override
    public boolean openLink(
            LegId link, LinkEnd ours, LinkEnd theirs, byte[] clusterSecret, LinkPlan plan) {
        synchronized (this) {
            slots.put(link, new HashMap<>());
            links.put(plan.affinity(), link);
        }
        say(new RelayEvent.LegConnected(link, "127.0.0.1:10000"));
        return true;
    }

    public synchronized boolean isLinkedTo(String node) {
        return links.containsKey(node);
    }

    /// What goes to another node, by section.
    public synchronized Map<String, SourceId> sentTo(String node) {
        @Nullable LegId link = links.get(node);
        return link == null ? Map.of() : slotsOf(link);
    }

    @Override
    public synchronized void close(LegId leg) {
        plans.remove(leg);
        slots.remove(leg);
    }

    @Override
    public synchronized void attach(LegId leg, String mid, SourceId source) {
        @Nullable Map<String, SourceId> open = slots.get(leg);
        if (open != null) {
            open.put(mid, source);
        }
    }

    @Override
    public void prefer(LegId leg, String mid, int width) {}

    @Override
    public synchronized void limitPictures(PictureLimit limit) {
        limits.add(limit);
    }

    /// All that was said of pictures, in order.
    public synchronized List<PictureLimit> limits() {
        return List.copyOf(limits);
    }

    @Override
    public void attachSince(LegId leg, String mid, SourceId source, long sinceNanos) {
        attach(leg, mid, source);
    }

    @Override
    public synchronized void detach(LegId leg, String mid) {
        @Nullable Map<String, SourceId> open = slots.get(leg);
        if (open != null) {
            open.remove(mid);
        }
    }

    @Override
    public void openChannel(SourceId channel) {}

    @Override
    public synchronized void closeChannel(SourceId channel) {
        floors.remove(channel);
        turns.remove(channel);
    }

    @Override
    public synchronized void giveFloor(
            SourceId channel, SourceId talker, long epoch, long sinceNanos) {
        if (accepts(channel, epoch)) {
            floors.put(channel, new Holder(talker, epoch));
        }
    }

    @Override
    public void finishFloor(SourceId channel, long epoch) {
        clearFloor(channel, epoch);
        say(new RelayEvent.FloorFinished(channel, epoch));
    }

    @Override
    public synchronized void clearFloor(SourceId channel, long epoch) {
        if (accepts(channel, epoch)) {
            floors.remove(channel);
        }
        @Nullable Tape tape = tapes.remove(channel);
        if (tape != null && tape.epoch() == epoch) {
            say(closed(channel, tape));
        }
    }

    /// One of an older epoch is out of date.
    private boolean accepts(SourceId channel, long epoch) {
        return turns.merge(channel, epoch, Math::max) == epoch;
    }

    @Override
    public synchronized void record(SourceId channel, long epoch, Path file) {
        tapes.put(channel, new Tape(epoch, file));
    }

    @Override
    public synchronized void startRecording(
            RecordingId recording, SourceId source, RecordingPlan plan) {
        try {
            Files.createDirectories(plan.file().getParent());
            Files.write(plan.file(), SOUND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reels.put(recording, new Reel(source, plan.file(), System.currentTimeMillis()));
        say(new RelayEvent.RecordingBegan(recording, source));
    }

    @Override
    public synchronized void stopRecording(RecordingId recording) {
        @Nullable Reel reel = reels.remove(recording);
        if (reel != null) {
            say(
                    new RelayEvent.RecordingEnded(
                            recording,
                            reel.source(),
                            reel.file(),
                            reel.beganMillis(),
                            System.currentTimeMillis(),
                            SOUND.length,
                            "ab".repeat(32),
                            0,
                            true));
        }
    }

    /// What is being recorded.
    public synchronized Set<SourceId> recordings() {
        return reels.values().stream().map(Reel::source).collect(Collectors.toUnmodifiableSet());
    }

    public synchronized void recordingFails(SourceId source, String cause) {
        for (var one : Map.copyOf(reels).entrySet()) {
            if (one.getValue().source().equals(source)) {
                say(new RelayEvent.RecordingFailed(one.getKey(), source, cause));
                stopRecording(one.getKey());
            }
        }
    }

    /// How long the sound of each grant is from now on; below 0 nothing can be written.
    public synchronized void speaks(long millis) {
        soundMillis = millis;
    }

    private RelayEvent.Recorded closed(SourceId channel, Tape tape) {
        if (soundMillis < 0) {
            return new RelayEvent.Recorded(channel, tape.epoch(), tape.file(), 0, false);
        }
        try {
            Files.write(tape.file(), SOUND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RelayEvent.Recorded(channel, tape.epoch(), tape.file(), soundMillis, true);
    }

    private static byte[] sound() {
        var bytes = new byte[10_000];
        new Random(7).nextBytes(bytes);
        System.arraycopy("OggS".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
        return bytes;
    }

    @Override
    public void requestKeyFrame(SourceId source) {}

    @Override
    public synchronized CompletableFuture<LegStats> legStats(LegId leg) {
        @Nullable Map<String, SourceId> open = slots.get(leg);
        if (open == null) {
            return CompletableFuture.failedFuture(new NoSuchElementException());
        }
        var out = new ArrayList<LegStats.Slot>();
        open.forEach((mid, source) ->
                out.add(new LegStats.Slot(mid, source.value(), "live", 0, 0, 0, 0, 0, -1)));
        return CompletableFuture.completedFuture(
                new LegStats(
                        leg, "connected", "192.0.2.7:9", false, "AEAD_AES_128_GCM", 1, -1, out));
    }

    @Override
    public synchronized CompletableFuture<SourceStats> sourceStats(SourceId source) {
        @Nullable SourceStats figures = stats.get(source);
        return figures == null
                ? CompletableFuture.failedFuture(new NoSuchElementException())
                : CompletableFuture.completedFuture(figures);
    }

    @Override
    public void close() {}

    private static String answer(String ufrag) {
        return String.join(
                "\r\n",
                "v=0",
                "a=ice-lite",
                "a=group:BUNDLE 0 1",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "a=mid:0",
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:0123456789012345678901",
                "a=candidate:1 1 udp 1 127.0.0.1 10000 typ host",
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "a=mid:1",
                "");
    }
}
