package org.maplebridge.signaling.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.Answer;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.SessionEnding;
import org.maplebridge.signaling.security.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line to somebody, from its first `hello` until nobody came back for 30 s. What is done with
/// what they say is decided by the kind of session.
///
/// Thread: handlers run on its own virtual thread, fed by a bounded mailbox; the lifeline, the held
/// messages and the end are guarded by this; what is said goes through [Delivery].
abstract sealed class ClientSession permits StaffSession, TableSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);

    /// More frames than this wait only when a handler hangs.
    private static final int MAILBOX = 256;

    /// An honest client of a newer version sends a few unknown messages, not hundreds.
    private static final int MAX_BREACHES = 50;

    /// @param frame absent: the session is over
    private record Received(@Nullable ClientFrame frame, long atNanos) {}

    private final SessionId id;
    private final String resumeToken;
    private final Caller.Bearer who;
    private final String locale;
    private final Delivery delivery;
    private final MessageRate rate;
    private final BiConsumer<ClientSession, CloseCode> onEnd;
    private final ArrayBlockingQueue<Received> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final Thread thread;
    private @Nullable List<ServerMessage> held = new ArrayList<>();
    private Lifeline lifeline;
    private int breaches;
    private boolean ended;

    ClientSession(
            SessionId id,
            String resumeToken,
            Caller.Bearer who,
            String locale,
            SessionSettings settings,
            Codec codec,
            long nowNanos,
            BiConsumer<ClientSession, CloseCode> onEnd) {
        this.id = id;
        this.resumeToken = resumeToken;
        this.who = who;
        this.locale = locale;
        this.onEnd = onEnd;
        delivery = new Delivery(new Outbox(codec, settings.outboxLines(), settings.outboxChars()));
        rate = new MessageRate(settings.messagesPerSecond(), settings.messageBurst(), nowNanos);
        lifeline = new Lifeline(true, nowNanos);
        thread = Thread.ofVirtual().name("session " + id).unstarted(this::run);
    }

    void start(Connection connection, ServerMessage welcome) {
        delivery.attach(connection);
        say(welcome);
        thread.start();
    }

    String resumeToken() {
        return resumeToken;
    }

    /// @return false when the gap cannot be filled; the client then needs a new session
    synchronized boolean resume(
            Connection next, long lastSeq, long nowNanos, ServerMessage welcome) {
        if (ended || !delivery.resume(next, lastSeq)) {
            return false;
        }
        lifeline = lifeline.attached(nowNanos);
        say(welcome);
        return true;
    }

    /// @return false when the connection is no longer this session's
    boolean received(Connection from, ClientFrame frame, long nowNanos) {
        if (!delivery.isCurrent(from) || isEnded()) {
            return false;
        }
        if (!heard(nowNanos)) {
            cut(CloseCode.TOO_MANY_MESSAGES, nowNanos);
        } else if (frame.message() instanceof Ping(var seq)) {
            ping(frame, seq, nowNanos);
        } else if (!mailbox.offer(new Received(frame, nowNanos))) {
            cut(CloseCode.TOO_MANY_MESSAGES, nowNanos);
        }
        return true;
    }

    void unreadable(Connection from, @Nullable String re, Refusal refusal, long nowNanos) {
        if (!delivery.isCurrent(from)) {
            return;
        }
        if (!heard(nowNanos)) {
            cut(CloseCode.TOO_MANY_MESSAGES, nowNanos);
            return;
        }
        send(Answer.Refused.of(re, refusal));
        if (tooManyBreaches()) {
            cut(CloseCode.PROTOCOL_BREACH, nowNanos);
        }
    }

    /// Ends this connection, if it is still the session's.
    void cut(Connection from, CloseCode code, long nowNanos) {
        if (delivery.isCurrent(from)) {
            cut(code, nowNanos);
        }
    }

    synchronized void lost(Connection connection, long nowNanos) {
        if (delivery.detach(connection)) {
            lifeline = lifeline.lost(nowNanos);
        }
    }

    /// Whether there is a line to whoever is in it.
    final boolean isConnected() {
        return delivery.isConnected();
    }

    /// Asked every second.
    void tick(long nowNanos) {
        switch (verdict(nowNanos)) {
            case ALIVE -> {}
            case SILENT -> cut(CloseCode.NO_SIGN_OF_LIFE, nowNanos);
            case GONE -> end(CloseCode.NO_SIGN_OF_LIFE);
        }
    }

    /// It begins to work.
    abstract void joined();

    abstract Reply handle(ClientFrame frame, long receivedNanos);

    /// It is over; nothing of it may stay.
    abstract void left();

    public SessionId session() {
        return id;
    }

    Caller.Bearer who() {
        return who;
    }

    public String locale() {
        return locale;
    }

    public synchronized void send(ServerMessage message) {
        if (held != null) {
            held.add(message);
        } else {
            say(message);
        }
    }

    public synchronized void open(ServerMessage snapshot) {
        @Nullable List<ServerMessage> waiting = held;
        held = null;
        say(snapshot);
        if (waiting != null) {
            waiting.forEach(this::say);
        }
    }

    public void end(CloseCode code) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        if (code == CloseCode.SLOW_READER) {
            delivery.close(code);
        } else {
            delivery.say(new SessionEnding(code.code(), code.reason()));
            delivery.closeWhenWritten(code);
        }
        onEnd.accept(this, code);
        // Not by interrupt: that would tear an embedded database's file out of a running write.
        do {
            mailbox.clear();
        } while (!mailbox.offer(new Received(null, 0)));
    }

    private void run() {
        try {
            joined();
            while (true) {
                var received = mailbox.take();
                @Nullable ClientFrame frame = received.frame();
                if (frame == null) {
                    return;
                }
                work(frame, received.atNanos());
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("session {} of {} cannot go on", id, who.account(), e);
            end(CloseCode.GOING_AWAY);
        } finally {
            left();
        }
    }

    private void work(ClientFrame frame, long receivedNanos) {
        @Nullable String re = frame.id();
        Reply reply;
        try {
            reply = handle(frame, receivedNanos);
        } catch (RuntimeException e) {
            LOG.error("message {} of {} ({}) failed", re, id, who.account(), e);
            reply = Reply.refuse(RefusalCode.INTERNAL, "Our fault; it is logged.");
        }
        switch (reply) {
            case Reply.Done() -> {
                if (re != null) {
                    send(new Answer.Ok(re));
                }
            }
            case Reply.Refused(var refusal) -> send(Answer.Refused.of(re, refusal));
            case Reply.Said(var message) -> send(message);
            case Reply.Answered() -> {}
        }
    }

    private void ping(ClientFrame frame, long seq, long nowNanos) {
        if (delivery.acknowledge(seq)) {
            send(new Answer.Pong());
            return;
        }
        send(
                Answer.Refused.of(
                        frame.id(),
                        Refusal.field(RefusalCode.MALFORMED, "seq", "This was never sent.")));
        if (tooManyBreaches()) {
            cut(CloseCode.PROTOCOL_BREACH, nowNanos);
        }
    }

    private void say(ServerMessage message) {
        if (!delivery.say(message) && !isEnded()) {
            LOG.info("session {} of {} reads too slowly", id, who.account());
            Thread.ofVirtual().start(() -> end(CloseCode.SLOW_READER));
        }
    }

    /// Ends the connection, not the session.
    private synchronized void cut(CloseCode code, long nowNanos) {
        delivery.close(code);
        lifeline = lifeline.lost(nowNanos);
    }

    private synchronized boolean heard(long nowNanos) {
        lifeline = lifeline.heard(nowNanos);
        return rate.take(nowNanos);
    }

    private synchronized boolean tooManyBreaches() {
        breaches++;
        return breaches > MAX_BREACHES;
    }

    private synchronized Lifeline.Verdict verdict(long nowNanos) {
        return lifeline.verdict(nowNanos);
    }

    private synchronized boolean isEnded() {
        return ended;
    }
}
