package org.maplebridge.signaling.boot;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.codec.ServerFrame;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Section;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Use;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Hello;
import org.maplebridge.signaling.protocol.MediationNews.MediationDrafted;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.Answer;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaAnswer;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Welcome;

/// A console or terminal of a test: says protocol records and waits for them.
///
/// Thread: any, guarded by this; frames come on the client's threads.
public final class TestSocket implements AutoCloseable, WebSocket.Listener {
    public static final String OFFER =
            "v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
                    + "a=fingerprint:sha-256 AB:CD\r\n";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final AtomicLong IDS = new AtomicLong();

    private final Codec codec = new Codec();
    private final List<ServerFrame> frames = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;
    private int taken;
    private int closeCode;
    private boolean closed;

    public static TestSocket open(TestNode node, String token, boolean terminal) {
        var test = connect(node, token);
        test.say(new Hello(terminal ? Device.TERMINAL : Device.CONSOLE, "zh-CN", null, null));
        return test;
    }

    public static TestSocket resume(
            TestNode node, String token, boolean terminal, String resume, long lastSeq) {
        var test = connect(node, token);
        test.say(new Hello(terminal ? Device.TERMINAL : Device.CONSOLE, "zh-CN", resume, lastSeq));
        return test;
    }

    public static TestSocket connect(TestNode node, String token) {
        var test = new TestSocket();
        var uri = URI.create("ws://127.0.0.1:" + node.port() + "/ws");
        test.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .subprotocols("maplebridge.v1", "bearer." + token)
                        .buildAsync(uri, test)
                        .join();
        return test;
    }

    public void say(ClientMessage message) {
        raw(codec.encode(new ClientFrame(null, message)));
    }

    public void raw(String text) {
        @Nullable WebSocket open = socket;
        if (open != null) {
            open.sendText(text, true).join();
        }
    }

    /// Says it and waits for its one answer.
    public ServerMessage ask(ClientMessage message) {
        var id = "t" + IDS.incrementAndGet();
        raw(codec.encode(new ClientFrame(id, message)));
        return await(ServerMessage.class, said -> id.equals(re(said)));
    }

    /// The code of the refusal it gets, or `ok`.
    public String verdict(ClientMessage message) {
        var answer = ask(message);
        return answer instanceof Answer.Refused refused ? refused.code() : "ok";
    }

    /// Opens a peer connection with everything a page has.
    public TestSocket withMedia() {
        return withVoices(8);
    }

    /// @param voices how many conversations it hears at once
    public TestSocket withVoices(int voices) {
        var sections =
                new ArrayList<>(
                        List.of(
                                new Section("0", Use.MIC, null),
                                new Section("1", Use.CAMERA, null),
                                new Section("4", Use.PICTURE, 0),
                                new Section("5", Use.SOUND, 0),
                                new Section("6", Use.PICTURE, 1),
                                new Section("7", Use.SOUND, 1)));
        Stream.of("2", "3", "8", "9", "10", "11", "12", "13")
                .limit(voices)
                .forEach(mid -> sections.add(new Section(mid, Use.VOICE, null)));
        var answer = ask(new MediaOffer(OFFER, sections));
        if (!(answer instanceof MediaAnswer)) {
            throw new AssertionError("no media: " + answer);
        }
        return this;
    }

    public Welcome welcome() {
        return await(Welcome.class, 0, _ -> true);
    }

    public Snapshot snapshot() {
        return await(Snapshot.class, 0, _ -> true);
    }

    public <T extends ServerMessage> T await(Class<T> type) {
        return await(type, _ -> true);
    }

    /// The first such message since [#forget].
    public synchronized <T extends ServerMessage> T await(Class<T> type, Predicate<T> wanted) {
        return await(type, taken, wanted);
    }

    private synchronized <T extends ServerMessage> T await(
            Class<T> type, int from, Predicate<T> wanted) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        int at = from;
        while (true) {
            for (; at < frames.size(); at++) {
                var message = frames.get(at).message();
                if (type.isInstance(message) && wanted.test(type.cast(message))) {
                    return type.cast(message);
                }
            }
            sleepUntilTold(until, type.getSimpleName());
        }
    }

    /// From now on only what comes later counts.
    public synchronized void forget() {
        taken = frames.size();
    }

    public synchronized List<ServerFrame> frames() {
        return List.copyOf(frames);
    }

    public synchronized long lastSeq() {
        return frames.getLast().seq();
    }

    public synchronized int closeCode() {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!closed) {
            sleepUntilTold(until, "close");
        }
        return closeCode;
    }

    /// As when the network fails: nobody says goodbye.
    public void kill() {
        @Nullable WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        synchronized (this) {
            partial.append(data);
            if (last) {
                frames.add(codec.decodeServer(partial.toString()));
                partial.setLength(0);
                notifyAll();
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onClose(
            WebSocket from, int statusCode, String reason) {
        closeCode = statusCode;
        closed = true;
        notifyAll();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        closed = true;
        notifyAll();
    }

    @Override
    public void close() {
        @Nullable WebSocket open = socket;
        if (open != null && !open.isOutputClosed()) {
            open.sendClose(WebSocket.NORMAL_CLOSURE, "bye").orTimeout(2, TimeUnit.SECONDS);
        }
    }

    private void sleepUntilTold(long untilNanos, String what) {
        long left = untilNanos - System.nanoTime();
        if (left <= 0) {
            throw new AssertionError(
                    "no %s came; there is %s"
                            .formatted(
                                    what,
                                    frames.subList(Math.min(taken, frames.size()), frames.size())));
        }
        try {
            wait(Math.max(1, left / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static @Nullable String re(ServerMessage said) {
        return switch (said) {
            case Answer.Ok ok -> ok.re();
            case Answer.Refused refused -> refused.re();
            case MediaAnswer answer -> answer.re();
            case CallOpened opened -> opened.re();
            case CallRinging ringing -> ringing.re();
            case MediationDrafted drafted -> drafted.re();
            default -> null;
        };
    }
}
