package org.maplebridge.signaling.session;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.codec.Decoded;
import org.maplebridge.signaling.command.Commands;
import org.maplebridge.signaling.command.TableCommands;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Hello;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Limits;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.User;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Welcome;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.scene.node.Succession;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.trace.Join;
import org.maplebridge.signaling.trace.Joins;

/// All sessions of this node: who comes gets a new one or finds the old one again.
///
/// Thread: any.
public final class Sessions implements AutoCloseable {
    private static final String DEFAULT_LOCALE = "zh-CN";

    private final Commands commands;
    private final TableCommands table;
    private final NodeBoard nodes;
    private final Estates estates;
    private final Succession succession;
    private final SessionSettings settings;
    private final Codec codec;
    private final Secrets secrets;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Joins joins;
    private final Map<String, ClientSession> byResumeToken = new ConcurrentHashMap<>();
    private volatile boolean admits = true;
    private final Set<Inbound> silent = ConcurrentHashMap.newKeySet();

    public Sessions(
            Commands commands,
            TableCommands table,
            NodeBoard nodes,
            Estates estates,
            Succession succession,
            SessionSettings settings,
            Codec codec,
            Secrets secrets,
            InstantSource clock,
            LongSupplier nanoClock,
            Joins joins) {
        this.commands = joins.areTold() ? new TracedCommands(commands, joins) : commands;
        this.table = joins.areTold() ? new TracedTable(table, joins) : table;
        this.joins = joins;
        this.nodes = nodes;
        this.estates = estates;
        this.succession = succession;
        this.settings = settings;
        this.codec = codec;
        this.secrets = secrets;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// @param askedNanos when the upgrade was asked for, on the clock of [System#nanoTime]
    public Inbound connect(Caller.Bearer who, Connection connection, long askedNanos) {
        var join = joins.begin(askedNanos);
        join.opened();
        var inbound = new Inbound(this, who, connection, nanoTime(), join);
        silent.add(inbound);
        return inbound;
    }

    /// Asked every second.
    public void tick() {
        long now = nanoTime();
        joins.round();
        silent.forEach(inbound -> inbound.tick(now));
        var instant = clock.instant();
        for (var session : all()) {
            if (instant.isAfter(session.who().expiresAt())) {
                session.end(CloseCode.TOKEN_ENDED);
            } else {
                session.tick(now);
            }
        }
    }

    /// The token was revoked: what it opened ends.
    public void endAllOf(String tokenHash) {
        all().stream()
                .filter(session -> session.who().tokenHash().equals(tokenHash))
                .forEach(session -> session.end(CloseCode.TOKEN_ENDED));
    }

    public int count() {
        return byResumeToken.size();
    }

    /// How many can be told something now; the others have lost their line and may come back.
    public long connected() {
        return all().stream().filter(ClientSession::isConnected).count();
    }

    /// The node goes down: everybody is told.
    @Override
    public void close() {
        all().forEach(session -> session.end(CloseCode.GOING_AWAY));
    }

    /// @param on whether sessions may begin here
    void admit(boolean on) {
        admits = on;
    }

    long nanoTime() {
        return nanoClock.getAsLong();
    }

    Decoded decode(String text) {
        return codec.decode(text);
    }

    void forget(Inbound inbound) {
        silent.remove(inbound);
    }

    /// @return nothing when the connection was refused and closed
    @Nullable ClientSession greet(
            Caller.Bearer who, Connection connection, Hello hello, Join join) {
        if (!admits) {
            refuse(connection, CloseCode.GOING_AWAY, join);
            return null;
        }
        @Nullable ClientSession known = resumed(who, connection, hello);
        if (known != null) {
            join.session(known.session(), kind(who, hello), word(How.RESUMED));
            return known;
        }
        long open =
                all().stream()
                        .filter(session -> session.who().account().equals(who.account()))
                        .count();
        if (open >= settings.maxSessions()) {
            refuse(connection, CloseCode.TOO_MANY_MESSAGES, join);
            return null;
        }
        return switch (who) {
            case Caller.Person person ->
                    fresh(person, connection, hello, former(person, hello), join);
            case Caller.Participant participant -> seated(participant, connection, hello, join);
        };
    }

    private static void refuse(Connection connection, CloseCode code, Join join) {
        connection.close(code);
        join.refused(word(code));
    }

    private static String kind(Caller.Bearer who, Hello hello) {
        return switch (who) {
            case Caller.Person _ -> word(hello.device());
            case Caller.Participant _ -> "table";
        };
    }

    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What the session that is to be taken up left behind, on this node or on another one.
    private @Nullable Estate former(Caller.Person person, Hello hello) {
        @Nullable String token = hello.resume();
        return token == null
                ? null
                : estates.left(Secrets.hash(token), seat(person, hello)).orElse(null);
    }

    private static Peer.Seat seat(Caller.Person person, Hello hello) {
        return new Peer.Seat(person.user().id(), hello.device() == Device.TERMINAL);
    }

    private @Nullable ClientSession resumed(Caller.Bearer who, Connection connection, Hello hello) {
        @Nullable String token = hello.resume();
        @Nullable Long lastSeq = hello.lastSeq();
        if (token == null || lastSeq == null) {
            return null;
        }
        @Nullable ClientSession session = byResumeToken.get(token);
        if (session == null || !session.who().account().equals(who.account())) {
            return null;
        }
        var welcome = welcome(session.session(), token, How.RESUMED, who, session.locale());
        if (session.resume(connection, lastSeq, nanoTime(), welcome)) {
            return session;
        }
        session.end(CloseCode.TAKEN_OVER);
        return null;
    }

    private ClientSession fresh(
            Caller.Person person,
            Connection connection,
            Hello hello,
            @Nullable Estate former,
            Join join) {
        var id = new SessionId("s-" + secrets.id());
        var token = secrets.token();
        @Nullable String asked = hello.locale();
        var locale = asked == null || asked.isBlank() ? person.user().locale() : asked;
        var session =
                new StaffSession(
                        id,
                        token,
                        person,
                        hello.device() == Device.TERMINAL,
                        locale.isBlank() ? DEFAULT_LOCALE : locale,
                        commands,
                        settings,
                        codec,
                        nanoTime(),
                        (ended, code) -> ended(token, ended, code));
        byResumeToken.put(token, session);
        estates.begin(id, Secrets.hash(token), session.seat(), former);
        var how = former == null ? How.FRESH : How.MOVED;
        join.session(id, kind(person, hello), word(how));
        session.start(connection, welcome(id, token, how, person, session.locale()));
        if (former != null) {
            succession.began(id);
        }
        return session;
    }

    /// Where a table is, its people are: nothing of it moves to another node.
    private ClientSession seated(
            Caller.Participant participant, Connection connection, Hello hello, Join join) {
        var id = new SessionId("s-" + secrets.id());
        var token = secrets.token();
        @Nullable String asked = hello.locale();
        var session =
                new TableSession(
                        id,
                        token,
                        participant,
                        asked == null || asked.isBlank() ? DEFAULT_LOCALE : asked,
                        table,
                        settings,
                        codec,
                        nanoTime(),
                        (ended, code) -> {
                            joins.ended(id, word(code));
                            byResumeToken.remove(token, ended);
                        });
        byResumeToken.put(token, session);
        join.session(id, kind(participant, hello), word(How.FRESH));
        session.start(connection, welcome(id, token, How.FRESH, participant, session.locale()));
        return session;
    }

    /// Only a session that was closed by somebody's will leaves nothing to go on with.
    private void ended(String token, ClientSession session, CloseCode code) {
        byResumeToken.remove(token, session);
        joins.ended(session.session(), word(code));
        boolean mayGoOn =
                switch (code) {
                    case GOING_AWAY, TAKEN_OVER, SLOW_READER -> true;
                    case PROTOCOL_BREACH,
                            TOKEN_ENDED,
                            NO_SIGN_OF_LIFE,
                            MESSAGE_TOO_LARGE,
                            TOO_MANY_MESSAGES ->
                            false;
                };
        estates.end(session.session(), mayGoOn);
    }

    private enum How {
        FRESH,
        MOVED,
        RESUMED
    }

    /// Guests are told of no other node.
    private Welcome welcome(
            SessionId id, String resumeToken, How how, Caller.Bearer who, String locale) {
        var user =
                switch (who) {
                    case Caller.Person person -> shown(person, locale);
                    case Caller.Participant guest ->
                            new User(
                                    guest.person().value(),
                                    "",
                                    "participant",
                                    null,
                                    null,
                                    locale,
                                    List.of());
                };
        return new Welcome(
                id.value(),
                resumeToken,
                how == How.RESUMED,
                how == How.MOVED ? true : null,
                SessionSettings.HEARTBEAT_SECONDS,
                settings.node(),
                who instanceof Caller.Person ? nodes.shown() : List.of(),
                user,
                settings.iceServers().of(user.id(), clock.instant()),
                new Limits(
                        ClientMessage.ORDER_CHARS,
                        ClientMessage.TILES,
                        settings.voiceSlots(),
                        settings.layers()));
    }

    /// Also what sign-in answers.
    public static User shown(Caller.Person person, String locale) {
        var user = person.user();
        @Nullable SeatId seat = user.seat();
        return new User(
                user.id().value(),
                user.name().in(locale),
                user.role(),
                user.unit() == null ? null : user.unit().value(),
                seat == null ? null : seat.value(),
                locale,
                person.role().rights().stream().map(Permission::code).sorted().toList());
    }

    Collection<ClientSession> all() {
        return List.copyOf(byResumeToken.values());
    }
}
