package org.maplebridge.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;

/// Publishers and their audience, on two threads of this process.
///
/// Thread: the scenario's.
public final class Fleet implements AutoCloseable {
    /// Receivers are looked at this often; delays do not depend on it, see [KernelSocket].
    private static final long RECEIVER_INTERVAL_NANOS = 2_000_000;

    /// More at once would run into each other's handshake time-outs where processors are few.
    private static final int CONNECTING_AT_ONCE = 16;

    private static final long CONNECT_NANOS = 30_000_000_000L;
    private static final long PUBLISHER_INTERVAL_NANOS = 1_000_000;

    private final Door door;
    private final String source;
    private final boolean video;
    private final List<SrtpProfile> profiles;
    private final boolean transportFeedback;
    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final SrtpCiphers ciphers = SrtpCiphers.best();
    private final SecureRandom random = new SecureRandom();
    private final DelayHistogram delays = new DelayHistogram();
    private final ClientThread publishing = new ClientThread("publisher", PUBLISHER_INTERVAL_NANOS);
    private final ClientThread receiving = new ClientThread("receivers", RECEIVER_INTERVAL_NANOS);
    private final String viewers;
    private int publishers;
    private int receivers;
    private long published;

    /// What the fleet has seen since [#startWindow].
    ///
    /// @param published packets the publisher sent
    /// @param received packets opened by all receivers
    /// @param missing gaps in the receivers' streams
    /// @param unopened media that failed authentication
    /// @param silent receivers that got nothing
    /// @param delays from the publisher's send call to the receiver's kernel
    /// @param longestGapNanos longest time in which a receiver got nothing, the last one included
    /// @param publisherLateNanos furthest the publisher fell behind its plan
    public record Window(
            long published,
            long received,
            long missing,
            long unopened,
            int silent,
            DelayHistogram delays,
            long longestGapNanos,
            long publisherLateNanos) {}

    /// @param profiles offered in DTLS, best first
    public Fleet(
            Door door,
            String source,
            boolean video,
            List<SrtpProfile> profiles,
            boolean transportFeedback) {
        this(door, source, "viewer", video, profiles, transportFeedback);
    }

    /// @param source what the first publisher is called, and what is watched when there is none
    /// @param viewers how the receivers' legs begin
    /// @param profiles offered in DTLS, best first
    public Fleet(
            Door door,
            String source,
            String viewers,
            boolean video,
            List<SrtpProfile> profiles,
            boolean transportFeedback) {
        this.door = door;
        this.source = source;
        this.viewers = viewers;
        this.video = video;
        this.profiles = List.copyOf(profiles);
        this.transportFeedback = transportFeedback;
    }

    /// Opens one more publisher; receivers are spread over all of them.
    public void publish(MediaPattern pattern) throws IOException {
        add(publishing, sourceName(publishers), sourceName(publishers), pattern);
        publishers++;
    }

    private String sourceName(int publisher) {
        return publisher == 0 ? source : source + publisher;
    }

    private String viewerName(int viewer) {
        return viewers + viewer;
    }

    /// Opens receivers until there are `count`, and waits until all are connected.
    ///
    /// @throws IOException when one of them fails
    public void growTo(int count) throws IOException {
        while (receivers < count) {
            rushTo(receivers + 1);
            awaitConnected(receivers + publishers - CONNECTING_AT_ONCE);
        }
        awaitConnected(receivers + publishers);
    }

    /// Opens receivers until there are `count`, all at once, and waits for none.
    public void rushTo(int count) throws IOException {
        for (; receivers < count; receivers++) {
            String watched = sourceName(receivers % Math.max(publishers, 1));
            add(receiving, viewerName(receivers), watched, null);
        }
    }

    /// Receivers that have got something since they came or since [#startWindow].
    public int hearing() {
        return ask(receiving, terminals -> (int) terminals.stream().filter(Fleet::hears).count());
    }

    private static boolean hears(Terminal terminal) {
        var receiver = terminal.receiver();
        return receiver != null && receiver.packets() > 0;
    }

    /// Receivers whose session came to an end, or to nothing.
    public int lost() {
        return count(receiving, ClientPeer.State.LOST);
    }

    private void awaitConnected(int terminals) throws IOException {
        long deadline = System.nanoTime() + CONNECT_NANOS;
        while (count(ClientPeer.State.CONNECTED) < terminals) {
            if (count(ClientPeer.State.LOST) > 0 || System.nanoTime() - deadline >= 0) {
                throw new IOException(
                        "%d terminals connected, %d failed, of %d"
                                .formatted(
                                        count(ClientPeer.State.CONNECTED),
                                        count(ClientPeer.State.LOST),
                                        receivers + publishers));
            }
            LockSupport.parkNanos(RECEIVER_INTERVAL_NANOS);
        }
    }

    private void add(ClientThread thread, String leg, String about, @Nullable MediaPattern pattern)
            throws IOException {
        var ice = IceCredentials.random(random);
        int ssrc = random.nextInt(1, Integer.MAX_VALUE - 1);
        boolean publishes = pattern != null;
        var offer =
                new ClientOffer(
                        ice, certificate.fingerprint(), video, publishes, ssrc, transportFeedback);
        String answer =
                publishes
                        ? door.publish(leg, about, offer.text())
                        : door.play(leg, about, offer.text());
        var terminal =
                new Terminal(
                        ServerAnswer.parse(answer),
                        ice,
                        certificate,
                        profiles,
                        ciphers,
                        delays,
                        pattern,
                        video,
                        ssrc,
                        System.nanoTime());
        ask(thread, terminals -> terminals.add(terminal));
    }

    /// Waits until the server has ended `terminals` sessions; false when time is up before.
    public boolean awaitLost(int terminals, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        while (count(ClientPeer.State.LOST) < terminals) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(RECEIVER_INTERVAL_NANOS);
        }
        return true;
    }

    private int count(ClientPeer.State state) {
        return count(publishing, state) + count(receiving, state);
    }

    private static int count(ClientThread thread, ClientPeer.State state) {
        return ask(
                thread,
                terminals -> (int) terminals.stream().filter(t -> t.state() == state).count());
    }

    /// Everybody changes address at once, the publisher too; sessions are kept.
    public void move() {
        ask(publishing, Fleet::move);
        ask(receiving, Fleet::move);
    }

    private static boolean move(List<Terminal> terminals) {
        for (Terminal terminal : terminals) {
            try {
                terminal.move(System.nanoTime());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return true;
    }

    /// The receivers' UDP ports.
    public List<Integer> receiverPorts() {
        return ask(receiving, terminals -> terminals.stream().map(Terminal::localPort).toList());
    }

    /// Ends the receivers and the publishers at the server too.
    public void leave() throws IOException {
        for (int i = 0; i < publishers; i++) {
            door.leave(sourceName(i));
        }
        for (int i = 0; i < receivers; i++) {
            door.leave(viewerName(i));
        }
    }

    /// Publishers fall silent and nobody looks at a socket more than ten times a second, until
    /// [#resume]: what costs next to nothing while another server is measured.
    public void pause() {
        publishing.rest(true);
        receiving.rest(true);
    }

    /// Publishers go on where they stopped.
    public void resume() {
        publishing.rest(false);
        receiving.rest(false);
    }

    /// Starts counting anew.
    public void startWindow() {
        published = publishedSoFar();
        ask(publishing, Fleet::takeLateness);
        ask(
                receiving,
                terminals -> {
                    delays.clear();
                    for (Terminal terminal : terminals) {
                        if (terminal.receiver() != null) {
                            terminal.receiver().reset();
                        }
                    }
                    return true;
                });
    }

    public Window endWindow() {
        return ask(receiving, this::read);
    }

    /// Waits until the receivers have got `packets` together since [#startWindow], or time is up.
    public Window awaitReceived(long packets, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        Window window = endWindow();
        while (window.received() < packets && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(RECEIVER_INTERVAL_NANOS);
            window = endWindow();
        }
        return window;
    }

    private Window read(List<Terminal> terminals) {
        long received = 0;
        long missing = 0;
        long unopened = 0;
        int silent = 0;
        long gap = 0;
        for (Terminal terminal : terminals) {
            MediaReceiver receiver = terminal.receiver();
            if (receiver == null || receiver.packets() == 0) {
                silent++;
            } else {
                received += receiver.packets();
                missing += receiver.missing();
                unopened += receiver.unopened();
                gap = Math.max(gap, receiver.longestGapNanos(WallClock.nanos()));
            }
        }
        var copy = new DelayHistogram();
        copy.add(delays);
        long late = ask(publishing, Fleet::takeLateness);
        return new Window(
                publishedSoFar() - published, received, missing, unopened, silent, copy, gap, late);
    }

    private static long takeLateness(List<Terminal> publishers) {
        long worst = 0;
        for (Terminal publisher : publishers) {
            var sender = publisher.sender();
            worst = Math.max(worst, sender == null ? 0 : sender.takeLatenessNanos());
        }
        return worst;
    }

    private long publishedSoFar() {
        return ask(publishing, terminals -> terminals.stream().mapToLong(Fleet::sent).sum());
    }

    private static long sent(Terminal publisher) {
        var sender = publisher.sender();
        return sender == null ? 0 : sender.packets();
    }

    private static <T> T ask(ClientThread thread, Function<List<Terminal>, T> question) {
        CompletableFuture<T> answer = thread.ask(question);
        return answer.join();
    }

    @Override
    public void close() {
        publishing.close();
        receiving.close();
    }
}
