package org.maplebridge.load.mediation;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.TableMedia;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.maplebridge.signaling.security.Caller;

/// Five people at a table of a real relay, over sockets: a mediator, two parties, the first one's
/// agent and an expert. All talk without a pause, and each packet says who sent it and after which
/// step. Any of them may be there by a telephone.
final class TalkingTable implements AutoCloseable {
    static final PersonId MEDIATOR = new PersonId("p1");
    static final int PEOPLE = 5;
    static final MediationId ID = new MediationId("m-1");
    static final RecordingKey KEY = new RecordingKey("test", new byte[32]);

    final JdbcRecord record;
    final RecordingFiles files;
    final Table table;
    final Map<PersonId, VoiceTerminal> voices = new LinkedHashMap<>();
    final Map<PersonId, Attendant> attendants = new HashMap<>();

    /// Recordings of which something is in the file.
    final Set<String> began = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService recordings =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final VoiceTerminals terminals = new VoiceTerminals(2);
    private final AtomicReference<RunningRecordings> running = new AtomicReference<>();
    private final RelayNode relay;

    private final Set<PersonId> byTelephone;

    TalkingTable(Path data, int loops) throws Exception {
        this(data, loops, Set.of());
    }

    TalkingTable(Path data, int loops, Set<PersonId> byTelephone) throws Exception {
        this.byTelephone = byTelephone;
        record = JdbcRecord.open(JdbcSettings.embedded(data));
        files = new RecordingFiles(data.resolve("recordings"));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        relay =
                RelayNode.start(
                        new RelayConfig(
                                0, List.of(new LocalAddress(loopback, loopback)), loops, 100, true),
                        event -> {
                            if (event instanceof RelayEvent.OfRecording recording) {
                                running.get().on(recording);
                            }
                            if (event instanceof RelayEvent.RecordingBegan first) {
                                began.add(first.recording().value());
                            }
                        });
        var ground =
                new RunningRecordings.Ground(
                        files, KEY, () -> Optional.of("here"), () -> Long.MAX_VALUE, 0, 0);
        running.set(
                new RunningRecordings(
                        relay,
                        record.recordings(),
                        record.journal(),
                        ground,
                        recordings,
                        InstantSource.system()));
        var tables =
                new Tables(
                        record,
                        relay,
                        running.get(),
                        (_, _, _) -> "",
                        timer,
                        InstantSource.system(),
                        System::nanoTime);
        var mediation = mediation();
        record.mediations()
                .open(
                        mediation,
                        Happening.by(
                                mediation.by(),
                                Instant.EPOCH,
                                JournalKind.MEDIATION_OPENED,
                                List.of(),
                                Map.of()));
        for (int i = 1; i <= PEOPLE; i++) {
            sit(tables, i);
        }
        table = tables.of(ID).orElseThrow();
    }

    private void sit(Tables tables, int number) throws Exception {
        var person = new PersonId("p" + number);
        boolean telephone = byTelephone.contains(person);
        var attendant = new Device(ID, person, telephone);
        attendants.put(person, attendant);
        var there = tables.came(attendant).orElseThrow();
        var voice = terminals.make();
        var media = media(new LegId(Tables.LEG + person), telephone);
        var plan =
                new LegPlan(
                        "leg " + number,
                        Map.of(VoiceOffer.MICROPHONE, media.microphone()),
                        Map.of());
        var negotiation = relay.open(media.leg(), voice.offer(PEOPLE).text(), plan);
        if (!(negotiation instanceof Negotiation.Accepted(String answer, boolean _))) {
            throw new AssertionError(negotiation.toString());
        }
        voice.accept(answer).get(20, TimeUnit.SECONDS);
        there.opened(attendant, media);
        voices.put(person, voice);
    }

    /// Everybody talks on, with a number that says who and after which step.
    void say(int step) {
        voices.forEach((person, voice) ->
                voice.press(step * 16 + Integer.parseInt(person.value().substring(1))));
    }

    static int stepOf(int burst) {
        return burst / 16;
    }

    static PersonId speakerOf(int burst) {
        return new PersonId("p" + burst % 16);
    }

    void speechOf(int millis) throws Exception {
        timer.schedule(() -> {}, millis, TimeUnit.MILLISECONDS).get();
    }

    private static TableMedia media(LegId leg, boolean telephone) {
        var tiles = new HashMap<Integer, TableMedia.Tile>();
        for (int i = 0; i < PEOPLE; i++) {
            tiles.put(i, new TableMedia.Tile(null, Integer.toString(i + 1)));
        }
        return telephone ? TableMedia.voice(leg, tiles) : TableMedia.of(leg, tiles);
    }

    private static Mediation mediation() {
        var mediation =
                new Mediation(
                        ID,
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

    private static <T> T allowed(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<T>(T next) -> next;
            case Ruling.Barred<T>(Bar why) -> throw new AssertionError(why);
        };
    }

    @Override
    public void close() throws IOException {
        terminals.close();
        relay.close();
        recordings.close();
        record.close();
        timer.shutdownNow();
    }

    /// A page that nobody looks at.
    private record Device(MediationId mediation, PersonId person, boolean isTelephone)
            implements Attendant {
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
