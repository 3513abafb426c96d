package org.maplebridge.load.county;

import java.io.IOException;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.codec.ServerFrame;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Hello;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.Answer;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaAnswer;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Welcome;

/// One terminal's or console's session over a real WebSocket, resumed when it is asked to.
///
/// Thread: any; what the server says is told on threads of the WebSocket, one after the other.
public final class Signalling implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final Codec CODEC = new Codec();

    /// Hears everything the server says, in order. Must return at once.
    @FunctionalInterface
    public interface Ear {
        /// @param atNanos when the last byte was there (the clock of `System.nanoTime`)
        void heard(ServerMessage message, long atNanos);
    }

    private final NodeDoor door;
    private final String token;
    private final Device device;
    private final Ear ear;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, CompletableFuture<ServerMessage>> asked = new ConcurrentHashMap<>();
    private final Object sending = new Object();
    private volatile @Nullable Line line;
    private volatile @Nullable Welcome welcome;
    private volatile long lastSeq;
    private volatile boolean leaving;
    private volatile int closeCode;
    private final AtomicLong gaps = new AtomicLong();

    private Signalling(NodeDoor door, String token, Device device, Ear ear) {
        this.door = door;
        this.token = token;
        this.device = device;
        this.ear = ear;
    }

    /// Returns when the server has said welcome.
    public static Signalling open(NodeDoor door, String token, Device device, Ear ear)
            throws IOException {
        var signalling = new Signalling(door, token, device, ear);
        signalling.connect(new Hello(device, "zh-CN", null, null));
        return signalling;
    }

    /// Goes on at another node with what this session listens to; this one stays open until that
    /// node has it ended.
    public Signalling moveTo(NodeDoor other, Ear ear) throws IOException {
        var next = new Signalling(other, token, device, ear);
        next.connect(hello());
        return next;
    }

    /// Comes back after [#drop], with the same session if the server still has it.
    ///
    /// @return whether it had
    public boolean resume() throws IOException {
        return connect(hello()).resumed();
    }

    private Hello hello() {
        @Nullable Welcome before = welcome;
        @Nullable String resume = before == null ? null : before.resume();
        return new Hello(device, "zh-CN", resume, lastSeq);
    }

    private Welcome connect(Hello hello) throws IOException {
        var next = new Line();
        try {
            next.socket =
                    door.http()
                            .newWebSocketBuilder()
                            .subprotocols("maplebridge.v1", "bearer." + token)
                            .buildAsync(door.socket(), next)
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            line = next;
            closeCode = 0;
            say(hello);
            return next.welcomed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no welcome", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The session as the server calls it.
    public String session() {
        @Nullable Welcome known = welcome;
        return known == null ? "none" : known.session();
    }

    public void say(ClientMessage message) {
        send(CODEC.encode(new ClientFrame(null, message)));
    }

    /// Says it and waits for its one answer.
    ///
    /// @throws IOException when none comes
    public ServerMessage ask(ClientMessage message) throws IOException {
        var answer = post(message);
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer to " + message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Says it; its one answer comes later, or never when the connection is lost meanwhile.
    public CompletableFuture<ServerMessage> post(ClientMessage message) {
        var id = "q" + ids.incrementAndGet();
        var answer = new CompletableFuture<ServerMessage>();
        asked.put(id, answer);
        send(CODEC.encode(new ClientFrame(id, message)));
        return answer;
    }

    /// The code of the refusal, or `ok`.
    public String verdict(ClientMessage message) throws IOException {
        return ask(message) instanceof Answer.Refused refused ? refused.code() : "ok";
    }

    /// A sign of life that acknowledges all that was heard.
    public void ping() {
        if (line != null && !leaving) {
            say(new Ping(lastSeq));
        }
    }

    /// As when the network fails: nobody says goodbye.
    public void drop() {
        @Nullable Line open = line;
        line = null;
        if (open != null && open.socket != null) {
            open.socket.abort();
        }
    }

    public boolean isOpen() {
        return line != null && closeCode == 0;
    }

    /// How the server closed the connection; 0 while it is open.
    public int closeCode() {
        return closeCode;
    }

    /// Messages whose number was not the next one.
    public long gaps() {
        return gaps.get();
    }

    /// What cannot be sent any more is lost with its connection.
    private void send(String text) {
        @Nullable Line open = line;
        if (open == null || open.socket == null) {
            return;
        }
        synchronized (sending) {
            try {
                open.socket.sendText(text, true).join();
            } catch (CompletionException | IllegalStateException e) {
                if (!leaving && line == open) {
                    closeCode = closeCode == 0 ? 1006 : closeCode;
                }
            }
        }
    }

    private void read(Line from, String text, long atNanos) {
        ServerFrame frame = CODEC.decodeServer(text);
        if (from != line && line != null) {
            return; // of a connection that was given up
        }
        if (frame.message() instanceof Welcome said) {
            welcome = said;
            lastSeq = said.resumed() ? lastSeq : frame.seq() - 1;
            from.welcomed.complete(said);
        }
        if (frame.seq() != lastSeq + 1) {
            gaps.incrementAndGet();
        }
        lastSeq = frame.seq();
        answered(frame.message());
        ear.heard(frame.message(), atNanos);
    }

    private void answered(ServerMessage message) {
        @Nullable String re =
                switch (message) {
                    case Answer.Ok ok -> ok.re();
                    case Answer.Refused refused -> refused.re();
                    case MediaAnswer answer -> answer.re();
                    case CallOpened opened -> opened.re();
                    case CallRinging ringing -> ringing.re();
                    default -> null;
                };
        @Nullable CompletableFuture<ServerMessage> waiting = re == null ? null : asked.remove(re);
        if (waiting != null) {
            waiting.complete(message);
        }
    }

    @Override
    public void close() {
        leaving = true;
        @Nullable Line open = line;
        if (open != null && open.socket != null && !open.socket.isOutputClosed()) {
            open.socket
                    .sendClose(WebSocket.NORMAL_CLOSURE, "bye")
                    .orTimeout(2, TimeUnit.SECONDS)
                    .exceptionally(_ -> open.socket);
        }
    }

    /// One connection of the session.
    private final class Line implements WebSocket.Listener {
        final CompletableFuture<Welcome> welcomed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private volatile @Nullable WebSocket socket;

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            long atNanos = System.nanoTime();
            partial.append(data);
            if (last) {
                var text = partial.toString();
                partial.setLength(0);
                read(this, text, atNanos);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            welcomed.completeExceptionally(new IOException("closed by " + code));
            if (line == this && !leaving) {
                closeCode = code;
            }
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            welcomed.completeExceptionally(error);
            if (line == this && !leaving) {
                closeCode = 1006;
            }
        }
    }
}
