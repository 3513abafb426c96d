package org.maplebridge.load.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person.Role;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.load.client.VoiceOffer;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.TableMedia;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.security.Caller;

/// Everybody at a table talks without a pause while the mediator moves people about. Each packet
/// says who sent it and after which move; not one may come to somebody who was not in the same room
/// when it was sent. The relay is the real one, over sockets.
class MovesTest {
    private static final PersonId MEDIATOR = new PersonId("p1");
    private static final int PEOPLE = 5;

    /// In which nobody can have been heard yet, and in which somebody must have been.
    private static final int LONG_DWELL_MILLIS = 700;

    @TempDir Path data;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final VoiceTerminals terminals = new VoiceTerminals(2);
    private final Map<PersonId, VoiceTerminal> voices = new LinkedHashMap<>();
    private final Map<PersonId, Attendant> attendants = new HashMap<>();

    /// Who was where after each move.
    private final List<Rooms> told = new ArrayList<>();

    private JdbcRecord record;
    private RelayNode relay;
    private Tables tables;

    @BeforeEach
    void open() throws Exception {
        record = JdbcRecord.open(JdbcSettings.embedded(data));
    }

    @AfterEach
    void close() {
        terminals.close();
        relay.close();
        record.close();
        timer.shutdownNow();
    }

    @ParameterizedTest(name = "{1} moves on {0} loops")
    @CsvSource({"1, 60", "3, 200"})
    void noPacketEverComesToARoomThatOneIsNotIn(int loops, int most) throws Exception {
        start(loops);
        var table = seated();
        var random = new SplittableRandom(loops);
        int moves = 0;
        long heard = 0;
        var reached = new HashSet<String>();
        said(table.rooms());
        while (moves < most) {
            var people = some(random);
            var room = anyRoom(random);
            if (table.move(attendants.get(MEDIATOR), people, room).isPresent()) {
                continue;
            }
            moves++;
            said(table.rooms());
            boolean dwells = moves % 8 == 0;
            speechOf(dwells ? LONG_DWELL_MILLIS : random.nextInt(60, 420));
            heard += check(reached);
            if (dwells) {
                mustBeHeard(table.rooms(), reached);
            }
        }
        heard += check(reached);
        assertThat(heard).as("packets heard in all").isGreaterThan(25L * most);
    }

    private void start(int loops) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        relay =
                RelayNode.start(
                        new RelayConfig(
                                0, List.of(new LocalAddress(loopback, loopback)), loops, 100, true),
                        _ -> {});
        tables = new Tables(record, relay, timer, InstantSource.system(), System::nanoTime);
    }

    /// Everybody talks on, with a number that says who and after which move.
    private void said(Rooms rooms) {
        told.add(rooms);
        voices.forEach((person, voice) -> voice.press(burst(person, told.size() - 1)));
    }

    private static int burst(PersonId person, int move) {
        return move * 16 + Integer.parseInt(person.value().substring(1));
    }

    private void speechOf(int millis) throws Exception {
        timer.schedule(() -> {}, millis, TimeUnit.MILLISECONDS).get();
    }

    /// @return how many packets were heard since the last time
    private long check(Set<String> reached) {
        long packets = 0;
        for (var listener : voices.entrySet()) {
            assertThat(listener.getValue().unopened()).isZero();
            for (var heard : listener.getValue().takeHeard()) {
                int move = heard.burst() / 16;
                var speaker = new PersonId("p" + heard.burst() % 16);
                assertThat(told.get(move).together(listener.getKey(), speaker))
                        .as(
                                "%s heard %s of move %d: %s",
                                listener.getKey(), speaker, move, told.get(move))
                        .isTrue();
                packets += heard.packets();
                reached.add(move + " " + speaker + " " + listener.getKey());
            }
        }
        return packets;
    }

    private void mustBeHeard(Rooms rooms, Set<String> reached) {
        int move = told.size() - 1;
        for (var listener : voices.keySet()) {
            for (var speaker : voices.keySet()) {
                if (rooms.together(listener, speaker)) {
                    assertThat(reached).contains(move + " " + speaker + " " + listener);
                }
            }
        }
    }

    private Set<PersonId> some(SplittableRandom random) {
        var people = new HashSet<PersonId>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            people.add(new PersonId("p" + random.nextInt(1, PEOPLE + 1)));
        }
        return people;
    }

    private static Room anyRoom(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Room.WAITING;
            case 1, 2, 3 -> Room.JOINT;
            case 4 -> Room.of(new PersonId("p2"));
            default -> Room.of(new PersonId("p3"));
        };
    }

    private Table seated() throws Exception {
        var id = new MediationId("m-1");
        var mediation = mediation(id);
        record.mediations().open(mediation, happening(mediation));
        for (int i = 1; i <= PEOPLE; i++) {
            var person = new PersonId("p" + i);
            var attendant = new Device(id, person);
            attendants.put(person, attendant);
            var table = tables.came(attendant).orElseThrow();
            var voice = terminals.make();
            var leg = new LegId(Tables.LEG + person);
            var media = media(leg);
            var plan =
                    new LegPlan(
                            "leg " + i,
                            Map.of(VoiceOffer.MICROPHONE, media.microphone()),
                            Map.of());
            var negotiation = relay.open(leg, voice.offer(PEOPLE).text(), plan);
            if (!(negotiation instanceof Negotiation.Accepted(String answer, boolean _))) {
                throw new AssertionError(negotiation.toString());
            }
            voice.accept(answer).get(20, TimeUnit.SECONDS);
            table.opened(attendant, media);
            voices.put(person, voice);
        }
        return tables.of(id).orElseThrow();
    }

    private static TableMedia media(LegId leg) {
        var tiles = new HashMap<Integer, TableMedia.Tile>();
        for (int i = 0; i < PEOPLE; i++) {
            tiles.put(i, new TableMedia.Tile(null, Integer.toString(i + 1)));
        }
        return TableMedia.of(leg, tiles);
    }

    private static Mediation mediation(MediationId id) {
        var mediation =
                new Mediation(
                        id,
                        null,
                        new NodeId("zeguo"),
                        "相邻纠纷",
                        "采光",
                        new UserId("mediator"),
                        Instant.EPOCH,
                        null);
        var roles = List.of(Role.MEDIATOR, Role.PARTY, Role.PARTY, Role.AGENT, Role.EXPERT);
        for (var role : roles) {
            var side = role == Role.AGENT ? new PersonId("p2") : null;
            mediation = allowed(CaseRules.add(mediation, role, "某", side, null, null));
        }
        for (var person : mediation.people()) {
            mediation =
                    allowed(
                            CaseRules.consent(
                                    mediation,
                                    person.id(),
                                    Consent.Subject.CONFIDENTIALITY,
                                    CaseRules.TEXTS,
                                    true,
                                    Instant.EPOCH));
        }
        return mediation;
    }

    private static Happening happening(Mediation mediation) {
        return Happening.by(
                mediation.by(), Instant.EPOCH, JournalKind.MEDIATION_OPENED, List.of(), Map.of());
    }

    private static <T> T allowed(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<T>(T next) -> next;
            case Ruling.Barred<T>(Bar why) -> throw new AssertionError(why);
        };
    }

    /// A page that nobody looks at.
    private record Device(MediationId mediation, PersonId person) implements Attendant {
        @Override
        public SessionId session() {
            return new SessionId("s-" + person);
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
        public void send(ServerMessage message) {}

        @Override
        public void open(ServerMessage first) {}

        @Override
        public void end(CloseCode code) {}
    }
}
