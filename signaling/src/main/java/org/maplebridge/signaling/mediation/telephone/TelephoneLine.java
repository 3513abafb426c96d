package org.maplebridge.signaling.mediation.telephone;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.State;
import org.maplebridge.signaling.security.Caller;

/// One telephone call, and the device at the table that it is once its caller has agreed. What the
/// table tells it becomes what its caller is told.
///
/// Thread: any, guarded by this; nothing is asked of the table while that is held. Steps of a call
/// follow each other by [#turn], which is taken before the table's guard.
public final class TelephoneLine implements Attendant {
    /// What a gateway is told of a call.
    ///
    /// @param number to be dialled; absent for a call that came from outside
    /// @param said grows with each other announcement
    /// @param connect whether the caller's voice is to be connected now
    public record View(
            String id,
            PhoneCall.Stage stage,
            @Nullable String number,
            int said,
            Announcement say,
            boolean connect) {}

    final ReentrantLock turn = new ReentrantLock();
    private final String id;
    private final MediationId mediation;
    private final PersonId person;
    private final String name;
    private final @Nullable String number;
    private final Runnable changed;
    private final Runnable ousted;
    private PhoneCall call;
    private @Nullable String gateway;
    private @Nullable MediationState news;
    private Announcement say;
    private int said = 1;
    private boolean listed;
    private boolean seated;
    private boolean connected;
    private long sinceNanos;

    /// @param number absent for who called
    /// @param changed must not wait, and asks nothing of this one
    /// @param ousted the person came by their page; must not wait
    TelephoneLine(
            String id,
            MediationId mediation,
            PersonId person,
            String name,
            @Nullable String number,
            PhoneCall call,
            long nowNanos,
            Runnable changed,
            Runnable ousted) {
        this.id = id;
        this.mediation = mediation;
        this.person = person;
        this.name = name;
        this.number = number;
        this.call = call;
        this.changed = changed;
        this.ousted = ousted;
        this.sinceNanos = nowNanos;
        say = CallWords.of(call, name, null);
    }

    String id() {
        return id;
    }

    @Nullable String number() {
        return number;
    }

    synchronized PhoneCall call() {
        return call;
    }

    synchronized boolean isListed() {
        return listed;
    }

    synchronized void list() {
        listed = true;
    }

    synchronized @Nullable String gateway() {
        return gateway;
    }

    /// @return false when another gateway has it
    synchronized boolean claim(String key) {
        if (gateway == null) {
            gateway = key;
        }
        return key.equals(gateway);
    }

    synchronized boolean isSeated() {
        return seated;
    }

    synchronized void seated(boolean on) {
        seated = on;
    }

    /// Its voice stands at the relay, or does not any more.
    public synchronized void connected(boolean on, long nowNanos) {
        connected = on;
        sinceNanos = nowNanos;
    }

    synchronized boolean isConnected() {
        return connected;
    }

    /// Since when it is what it is.
    synchronized long sinceNanos() {
        return sinceNanos;
    }

    synchronized @Nullable MediationState news() {
        return news;
    }

    synchronized void moved(PhoneCall next, long nowNanos) {
        if (!next.equals(call)) {
            sinceNanos = nowNanos;
        }
        call = next;
        reword();
    }

    public synchronized View view() {
        boolean wanted = call.stage() == PhoneCall.Stage.SEATED && !connected;
        boolean toDial = call.stage() == PhoneCall.Stage.DIALLING;
        return new View(id, call.stage(), toDial ? number : null, said, say, wanted);
    }

    private void reword() {
        var next = CallWords.of(call, name, news);
        if (!next.equals(say)) {
            say = next;
            said++;
        }
    }

    @Override
    public SessionId session() {
        return new SessionId("tel-" + id);
    }

    @Override
    public Caller.Participant participant() {
        return new Caller.Participant(mediation, person, "", Instant.MAX);
    }

    @Override
    public String locale() {
        return "zh-CN";
    }

    @Override
    public boolean isTelephone() {
        return true;
    }

    @Override
    public void send(ServerMessage message) {
        if (takes(message)) {
            changed.run();
        }
    }

    /// @return whether its gateway has something new to know
    private synchronized boolean takes(ServerMessage message) {
        return switch (message) {
            case MediationState state -> {
                news = state;
                int before = said;
                reword();
                yield said != before;
            }
            case MediaState state when state.state() == State.LOST -> {
                connected = false;
                yield true;
            }
            default -> false;
        };
    }

    @Override
    public void open(ServerMessage first) {
        send(first);
    }

    @Override
    public void end(CloseCode code) {
        ousted.run();
    }
}
