package org.maplebridge.signaling.burst;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Caller;

/// A session of somebody of the demo county, which remembers what it was told.
///
/// Thread: any.
final class Listener implements Peer {
    private final SessionId session;
    private final Caller.Person person;
    private final List<ServerMessage> told = new CopyOnWriteArrayList<>();
    private volatile Consumer<ServerMessage> ear = _ -> {};

    Listener(String user) {
        session = new SessionId("s-" + user);
        person = person(user);
    }

    static Caller.Person person(String id) {
        var county = DemoCounty.organisation();
        var user = county.user(new UserId(id)).orElseThrow();
        return new Caller.Person(user, county.role(user.role()).orElseThrow(), "hash", Instant.MAX);
    }

    void hears(Consumer<ServerMessage> listener) {
        ear = listener;
    }

    List<ServerMessage> told() {
        return List.copyOf(told);
    }

    @Override
    public SessionId session() {
        return session;
    }

    @Override
    public Caller.Person person() {
        return person;
    }

    @Override
    public boolean isTerminal() {
        return false;
    }

    @Override
    public String locale() {
        return "zh-CN";
    }

    @Override
    public void send(ServerMessage message) {
        told.add(message);
        ear.accept(message);
    }

    @Override
    public void open(ServerMessage snapshot) {}

    @Override
    public void end(CloseCode code) {}
}
