package org.maplebridge.load.county;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceOffer;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Section;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Use;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.Answer;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupClosed;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaAnswer;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.State;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;

/// One signed-in terminal (or console): its session, its peer connection and its talk key, with the
/// order of steps that the pages keep to.
///
/// Thread: any.
public final class Handheld implements AutoCloseable {
    /// As many as the pages have.
    static final int VOICE_SLOTS = 8;

    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOKS_A_SECOND = 100;
    private static final AtomicInteger BURSTS = new AtomicInteger();

    /// What came of a press.
    public sealed interface Verdict {
        /// @param waitedNanos from the call that sent the request to the message at hand
        record Granted(long waitedNanos) implements Verdict {}

        record Queued(int position) implements Verdict {}

        record Denied(int cause) implements Verdict {}

        /// Pressed again while an earlier grant was being taken back.
        record Revoked(int cause) implements Verdict {}

        record Refused(String code) implements Verdict {}
    }

    /// One press of the key.
    ///
    /// @param burst number that its packets carry
    public record Press(
            int burst, String call, long pressedNanos, CompletableFuture<Verdict> verdict) {
        /// @return absent when nobody answered in time
        public Optional<Verdict> await(long millis) {
            try {
                return Optional.of(verdict.get(millis, TimeUnit.MILLISECONDS));
            } catch (ExecutionException | TimeoutException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private final String account;
    private final Signalling signalling;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final Map<String, String> talkers = new ConcurrentHashMap<>();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Map<String, Press> presses = new ConcurrentHashMap<>();
    private final Map<String, List<CompletableFuture<Void>>> idleWaits = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> snapshot = new CompletableFuture<>();
    private final Set<Integer> speaking = ConcurrentHashMap.newKeySet();
    private final Object key = new Object();
    private final Signalling.Ear also;
    private volatile @Nullable VoiceTerminal media;
    private volatile boolean mediaLost;

    /// How it comes to its session.
    @FunctionalInterface
    private interface Opening {
        Signalling with(Signalling.Ear ear) throws IOException;
    }

    private Handheld(String account, Opening opening, Signalling.Ear also) throws IOException {
        this.account = account;
        this.also = also;
        this.signalling = opening.with(this::heard);
    }

    /// Opens the session and waits for its snapshot.
    ///
    /// @param also hears everything too, after this
    public static Handheld arrive(
            NodeDoor door, String account, String token, Device device, Signalling.Ear also)
            throws IOException {
        return arrive(account, ear -> Signalling.open(door, token, device, ear), also);
    }

    private static Handheld arrive(String account, Opening opening, Signalling.Ear also)
            throws IOException {
        var handheld = new Handheld(account, opening, also);
        handheld.await(handheld.snapshot, "snapshot");
        return handheld;
    }

    /// A second one at another node that listens to what this one does. This one goes on, until
    /// that node has it ended or it is closed.
    public Handheld moveTo(NodeDoor other, Signalling.Ear also) throws IOException {
        return arrive(account, ear -> signalling.moveTo(other, ear), also);
    }

    /// Opens the peer connection and waits until media may flow.
    public void openMedia(VoiceTerminals fleet) throws IOException {
        var terminal = fleet.make();
        VoiceOffer offer = terminal.offer(VOICE_SLOTS);
        var sections = new ArrayList<Section>();
        sections.add(new Section(VoiceOffer.MICROPHONE, Use.MIC, null));
        offer.slotMids().forEach(mid -> sections.add(new Section(mid, Use.VOICE, null)));
        var answer = signalling.ask(new MediaOffer(offer.text(), sections));
        if (!(answer instanceof MediaAnswer(_, String sdp))) {
            throw new IOException(account + " gets no peer connection: " + answer);
        }
        mediaLost = false;
        var connected = terminal.accept(sdp);
        media = terminal;
        await(connected, "media");
    }

    public String account() {
        return account;
    }

    public Signalling signalling() {
        return signalling;
    }

    /// Present once [#openMedia] was called.
    public Optional<VoiceTerminal> media() {
        return Optional.ofNullable(media);
    }

    /// Whether the server, or the peer connection itself, has given the media up.
    public boolean isMediaLost() {
        @Nullable VoiceTerminal open = media;
        return mediaLost || (open != null && open.isLost());
    }

    public Map<String, Group> groups() {
        return Map.copyOf(groups);
    }

    /// The talker as this one was told last; absent when the floor is free.
    public Optional<String> talkerOf(String call) {
        return Optional.ofNullable(talkers.get(call));
    }

    /// The key goes down: voice leaves and the floor is asked for, at the same moment.
    public Press press(String call) {
        return press(call, new FloorRequest(call, null, null, null, null));
    }

    public Press press(String call, FloorRequest request) {
        synchronized (key) {
            var press = begin(call);
            signalling
                    .post(request)
                    .thenAccept(answer -> {
                        if (answer instanceof Answer.Refused refused) {
                            settle(press, new Verdict.Refused(refused.code()));
                        }
                    });
            return press;
        }
    }

    /// The floor of `call` is about to be given without a request of its own: a broadcast.
    public Press begin(String call) {
        var press =
                new Press(
                        BURSTS.incrementAndGet(),
                        call,
                        System.nanoTime(),
                        new CompletableFuture<>());
        presses.put(call, press);
        speak(press);
        return press;
    }

    private void speak(Press press) {
        media().ifPresent(terminal -> {
            if (speaking.add(press.burst())) {
                terminal.press(press.burst());
            }
        });
    }

    private void fallSilent() {
        speaking.clear();
        media().ifPresent(VoiceTerminal::cut);
    }

    /// The key goes up.
    public void release(String call) {
        synchronized (key) {
            presses.remove(call);
            media().ifPresent(VoiceTerminal::release);
            signalling.say(new FloorRelease(call));
        }
    }

    /// Listens to a group from now on.
    ///
    /// @return the code of the refusal, or `ok`
    public String affiliate(String group) throws IOException {
        left.remove(group);
        return signalling.verdict(new GroupAffiliate(group, null));
    }

    /// Listens to it no longer; who talks there is not told any more.
    public String leave(String group) throws IOException {
        left.add(group);
        talkers.remove(group);
        return signalling.verdict(new GroupLeave(group, null));
    }

    /// Whether the key is held for this call.
    public boolean isPressed(String call) {
        return presses.containsKey(call);
    }

    /// Whether no key is held at all.
    public boolean isReleased() {
        return presses.isEmpty();
    }

    /// The connection fails; what the key was held for ends here, as on the pages.
    public void drop() {
        presses.clear();
        fallSilent();
        signalling.drop();
    }

    /// Completes when this one is told that the floor of `call` is free.
    public CompletableFuture<Void> idle(String call) {
        var told = new CompletableFuture<Void>();
        idleWaits.compute(
                call,
                (_, waits) -> {
                    var longer = waits == null ? new ArrayList<CompletableFuture<Void>>() : waits;
                    longer.add(told);
                    return longer;
                });
        return told;
    }

    private void heard(ServerMessage message, long atNanos) {
        switch (message) {
            case Snapshot said -> {
                groups.clear();
                talkers.clear();
                said.groups().forEach(this::know);
                snapshot.complete(null);
            }
            case GroupChanged(Group group) -> know(group);
            case GroupClosed(String group) -> groups.remove(group);
            case FloorGranted granted -> granted(granted.call(), atNanos);
            case FloorQueued queued ->
                    refusedTalk(queued.call(), new Verdict.Queued(queued.position()));
            case FloorDenied denied ->
                    refusedTalk(denied.call(), new Verdict.Denied(denied.cause()));
            case FloorRevoked revoked -> revoked(revoked);
            case FloorTaken taken -> {
                if (!left.contains(taken.call())) { // it may still be on its way when one leaves
                    talkers.put(taken.call(), taken.talker().user());
                }
            }
            case FloorIdle(String call) -> idleTold(call);
            case MediaState(State state, _) -> mediaLost = state == State.LOST;
            default -> {}
        }
        also.heard(message, atNanos);
    }

    private void know(Group group) {
        groups.put(group.id(), group);
        if (group.floor() != null && !left.contains(group.id())) {
            talkers.put(group.id(), group.floor().talker().user());
        }
    }

    private void granted(String call, long atNanos) {
        if (!left.contains(call)) {
            talkers.put(call, account);
        }
        @Nullable Press press = presses.get(call);
        if (press == null) {
            giveBack(call); // its turn came when the key was no longer held
            return;
        }
        speak(press); // again, after a wait in the queue
        media().ifPresent(VoiceTerminal::granted);
        settle(press, new Verdict.Granted(atNanos - press.pressedNanos()));
    }

    private void revoked(FloorRevoked revoked) {
        fallSilent();
        @Nullable Press press = presses.remove(revoked.call());
        if (press != null) {
            settle(press, new Verdict.Revoked(revoked.cause()));
            giveBack(revoked.call());
        }
    }

    /// Not from here: who tells us must not wait for what we say. Not when the key went down again
    /// meanwhile: that would take back what is asked for now.
    private void giveBack(String call) {
        Thread.startVirtualThread(() -> {
            synchronized (key) {
                if (!presses.containsKey(call)) {
                    signalling.say(new FloorRelease(call));
                }
            }
        });
    }

    private void refusedTalk(String call, Verdict verdict) {
        @Nullable Press press = presses.get(call);
        if (press != null) {
            settle(press, verdict);
        }
    }

    private void settle(Press press, Verdict verdict) {
        if (press.verdict().complete(verdict) && !(verdict instanceof Verdict.Granted)) {
            fallSilent();
        }
    }

    private void idleTold(String call) {
        talkers.remove(call);
        @Nullable List<CompletableFuture<Void>> waits = idleWaits.remove(call);
        if (waits != null) {
            waits.forEach(told -> told.complete(null));
        }
    }

    /// What a lost connection would have brought never comes.
    private void await(CompletableFuture<Void> future, String what) throws IOException {
        for (int i = 0; !future.isDone(); i++) {
            if (mediaLost || !signalling.isOpen() || i > PATIENCE_SECONDS * LOOKS_A_SECOND) {
                throw new IOException("no " + what + " of " + account);
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / LOOKS_A_SECOND);
        }
        if (future.isCompletedExceptionally()) {
            throw new IOException("no " + what + " of " + account, future.exceptionNow());
        }
    }

    @Override
    public void close() {
        signalling.close();
        media().ifPresent(VoiceTerminal::close);
    }
}
