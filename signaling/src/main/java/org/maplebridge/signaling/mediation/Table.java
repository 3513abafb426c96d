package org.maplebridge.signaling.mediation;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.RecordingRules;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.RoomRules;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.exhibit.Exhibits;
import org.maplebridge.dispatch.mediation.telephone.TelephoneRules;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.mediation.MediationStore.Document;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableCall;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaPicture;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.State;
import org.maplebridge.signaling.recording.RunningRecordings;

/// One mediation that goes on: one act after the other, each in the record, then in force at the
/// relay, then told.
///
/// Thread: any, guarded by this; an act holds it while the record and the relay are asked.
public final class Table {
    /// A change of what the record keeps.
    public interface Change extends Function<Mediation, Ruling<Mediation>> {}

    /// A change of what lies on the table.
    public interface ExhibitChange {
        Ruling<Exhibits> on(Mediation mediation, Rooms rooms, Exhibits exhibits);
    }

    private final TableRecord record;
    private final TableGate gate;
    private final TableTapes tapes;
    private final TableExhibits exhibits;
    private final LongConsumer askAgain;
    private final InstantSource clock;
    private final Map<PersonId, Attendant> here = new HashMap<>();
    private final Map<PersonId, TableCall> calls = new HashMap<>();
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private Rooms rooms = Rooms.empty();

    /// @param askAgain has [#settle] called after so many nanoseconds
    Table(
            Mediation mediation,
            MediationStore store,
            JournalStore journal,
            MediaRelay relay,
            RunningRecordings recordings,
            ExhibitLinks links,
            LongSupplier nanoClock,
            Function<Table, LongConsumer> askAgain,
            InstantSource clock) {
        this.record = new TableRecord(mediation, store, journal, clock, this::changed);
        this.gate = new TableGate(relay, nanoClock);
        this.tapes = new TableTapes(recordings, nanoClock, clock, this::later);
        this.exhibits = new TableExhibits(links);
        this.askAgain = askAgain.apply(this);
        this.clock = clock;
    }

    public synchronized Mediation mediation() {
        return record.mediation();
    }

    public synchronized Rooms rooms() {
        return rooms;
    }

    synchronized boolean isEmpty() {
        return here.isEmpty();
    }

    /// A second device of the same person takes the first one's place.
    ///
    /// @param read from the record just now
    synchronized void came(Attendant who, Mediation read) {
        var person = person(who);
        record.read(read);
        @Nullable Attendant former = here.put(person, who);
        if (former != null) {
            gate.closed(person);
            gate.mute(person, false);
            former.end(CloseCode.TAKEN_OVER);
        }
        exhibits.came(person);
        enact(RoomRules.came(record.mediation(), rooms, person));
        who.open(state(person));
        record.noteAsMayBe(JournalKind.MEDIATION_CHANGED, person, Map.of("what", "came"));
    }

    synchronized void left(Attendant who) {
        var person = person(who);
        if (here.remove(person, who)) {
            gate.closed(person);
            gate.mute(person, false);
            enact(RoomRules.left(record.mediation(), rooms, person));
            record.noteAsMayBe(JournalKind.MEDIATION_CHANGED, person, Map.of("what", "left"));
        }
    }

    /// @return what stands against it
    public synchronized Optional<Bar> move(Attendant by, Set<PersonId> people, Room room)
            throws RecordUnavailable {
        var ruling = RoomRules.move(record.mediation(), rooms, person(by), people, room);
        var whom = people.stream().sorted().map(PersonId::value).collect(Collectors.joining(" "));
        return enact(ruling, by, Map.of("people", whom, "room", room.word()));
    }

    public synchronized Optional<Bar> knock(Attendant by, PersonId party) throws RecordUnavailable {
        var ruling = RoomRules.knock(record.mediation(), rooms, person(by), party, clock.instant());
        return enact(ruling, by, Map.of("knock", party.value()));
    }

    public synchronized Optional<Bar> answer(Attendant by, boolean admit) throws RecordUnavailable {
        var ruling =
                RoomRules.answer(record.mediation(), rooms, person(by), admit, clock.instant());
        return enact(ruling, by, Map.of("admit", Boolean.toString(admit)));
    }

    public synchronized Optional<Bar> lock(Attendant by, boolean on) throws RecordUnavailable {
        var ruling = RoomRules.lock(record.mediation(), rooms, person(by), on);
        return enact(ruling, by, Map.of("lock", Boolean.toString(on)));
    }

    /// Asks those in the private room where the mediator is, or takes it back.
    public synchronized Optional<Bar> askToRecord(Attendant by, boolean on)
            throws RecordUnavailable {
        var ruling = RecordingRules.ask(record.mediation(), rooms, person(by), on);
        return on
                ? enact(ruling, by, Map.of("record", "asked"))
                : stop(ruling, by, Map.of("record", "stopped"));
    }

    public synchronized Optional<Bar> answerToRecord(Attendant by, boolean yes)
            throws RecordUnavailable {
        var ruling = RecordingRules.answer(record.mediation(), rooms, person(by), yes);
        return yes
                ? enact(ruling, by, Map.of("record", "yes"))
                : stop(ruling, by, Map.of("record", "no"));
    }

    /// What ends a recording is done whether the record answers or not.
    private Optional<Bar> stop(Ruling<Rooms> ruling, Attendant by, Map<String, String> detail) {
        if (ruling instanceof Ruling.Barred<Rooms>(Bar why)) {
            return Optional.of(why);
        }
        if (ruling instanceof Ruling.Allowed<Rooms>(Rooms next)) {
            enact(next);
            record.noteAsMayBe(JournalKind.MEDIATION_MOVED, person(by), detail);
        }
        return Optional.empty();
    }

    private Optional<Bar> enact(Ruling<Rooms> ruling, Attendant by, Map<String, String> detail)
            throws RecordUnavailable {
        return switch (ruling) {
            case Ruling.Barred<Rooms>(Bar why) -> Optional.of(why);
            case Ruling.Allowed<Rooms>(Rooms next) -> {
                record.note(JournalKind.MEDIATION_MOVED, person(by), detail);
                enact(next);
                yield Optional.empty();
            }
        };
    }

    /// Doors are shut before anybody hears of it, and opened afterwards.
    private void enact(Rooms next) {
        var stopped = tapes.shut(record.mediation(), next, gate);
        gate.shut(rooms, next, stopped);
        rooms = next;
        tell();
        settle();
    }

    /// Opens what may be open by now.
    synchronized void settle() {
        askAgain(gate.open(rooms));
        var before = tapes.troubles();
        askAgain(tapes.open(record.mediation(), gate));
        if (!before.equals(tapes.troubles())) {
            tell();
        }
    }

    private void askAgain(long nanos) {
        if (nanos > 0) {
            askAgain.accept(nanos);
        }
    }

    /// A recording's news must not wait for an act that waits for the relay.
    private void later(Runnable work) {
        Thread.ofVirtual().name("table").start(() -> inTurn(work));
    }

    private synchronized void inTurn(Runnable work) {
        var before = tapes.troubles();
        work.run();
        if (!before.equals(tapes.troubles())) {
            tell();
        }
        settle();
    }

    /// As [#change]. Who does not want to be recorded any more is not from now on, whether the
    /// record answers or not.
    public synchronized Optional<Bar> consent(
            Attendant by, Consent.Subject subject, boolean given, String what, Change change)
            throws RecordUnavailable {
        boolean recording = subject == Consent.Subject.RECORDING;
        if (recording && !given) {
            tapes.willing(person(by), false);
            enact(rooms);
        }
        Optional<Bar> bar = change(by, what, change);
        if (recording && given && bar.isEmpty()) {
            tapes.willing(person(by), true);
            enact(rooms);
        }
        return bar;
    }

    /// Changes what lies on the table: in the journal first, then before whom it is shown to. What
    /// changes nothing is no entry.
    public synchronized Optional<Bar> exhibit(
            Attendant by, Map<String, String> detail, ExhibitChange change)
            throws RecordUnavailable {
        return switch (change.on(record.mediation(), rooms, exhibits.now())) {
            case Ruling.Barred<Exhibits>(Bar why) -> Optional.of(why);
            case Ruling.Allowed<Exhibits>(Exhibits next) -> {
                if (!next.equals(exhibits.now())) {
                    record.note(JournalKind.MEDIATION_EXHIBIT, person(by), detail);
                    exhibits.set(next);
                    exhibits.tell(record.mediation(), rooms, here);
                }
                yield Optional.empty();
            }
        };
    }

    /// Whether this one is shown that now.
    public synchronized boolean isShown(PersonId person, EvidenceId id) {
        return exhibits.isShown(record.mediation(), rooms, person, id);
    }

    /// Changes what the record keeps, then what follows from it in the rooms.
    public synchronized Optional<Bar> change(Attendant by, String what, Change change)
            throws RecordUnavailable {
        return change(person(by), what, change);
    }

    /// As [#change], by nobody's place at the table.
    public Optional<Bar> changeFromOutside(String what, Change change) throws RecordUnavailable {
        @Nullable PersonId nobody = null;
        return change(nobody, what, change);
    }

    /// As [#change], by who manages the mediation from outside.
    synchronized Optional<Bar> change(@Nullable PersonId by, String what, Change change)
            throws RecordUnavailable {
        return record.change(by, what, change);
    }

    /// Ends it for everybody, with what they take home.
    ///
    /// @param document made from it as it ends
    /// @param seal hash of the seal that stands in it
    public synchronized Optional<Bar> end(
            Attendant by,
            Change change,
            Function<Mediation, Document> document,
            Optional<String> seal)
            throws RecordUnavailable {
        return record.end(person(by), change, document, seal);
    }

    /// Ends a consultation for everybody: nothing is signed there, and there is no paper.
    ///
    /// @param happening with the end's own detail
    synchronized Optional<Bar> end(Change change, Function<Mediation, Happening> happening)
            throws RecordUnavailable {
        return record.end(change, happening);
    }

    /// Says the same to everybody who sits here.
    public synchronized void say(Function<Attendant, ServerMessage> message) {
        here.values().forEach(attendant -> attendant.send(message.apply(attendant)));
    }

    /// What the record keeps is another now.
    private void changed() {
        enact(RoomRules.settled(record.mediation(), rooms));
    }

    /// The person's peer connection stands at the relay.
    public synchronized void opened(Attendant who, TableMedia media) {
        if (here.get(person(who)) == who) {
            gate.opened(person(who), media, rooms);
            tapes.shut(record.mediation(), rooms, gate);
            tell();
            settle();
        }
    }

    /// Whether this is the device by which its person sits here.
    public synchronized boolean sits(Attendant who) {
        return here.get(person(who)) == who;
    }

    public synchronized void closed(Attendant who) {
        if (here.get(person(who)) == who) {
            gate.closed(person(who));
            enact(rooms);
        }
    }

    public synchronized Optional<TableMedia> media(Attendant who) {
        return here.get(person(who)) == who ? gate.of(person(who)) : Optional.empty();
    }

    public synchronized void pictures(Attendant who, boolean on) {
        gate.pictures(person(who), on);
        gate.shut(rooms, rooms, Set.of());
        settle();
    }

    /// Takes what the relay tells of any table's leg, and reads it soon and in its order: a table
    /// may be waiting for the relay, and the relay's events are not to wait for it.
    void hear(Runnable event) {
        news.add(event);
        Thread.ofVirtual().name("table").start(this::read);
    }

    private synchronized void read() {
        for (@Nullable Runnable event = news.poll(); event != null; event = news.poll()) {
            event.run();
        }
    }

    /// What a slot shows is another now, or is left out for a while.
    synchronized void shown(RelayEvent.PictureShown shown) {
        gate.owner(shown.leg())
                .ifPresent(person -> {
                    @Nullable Attendant attendant = here.get(person);
                    @Nullable Integer tile = gate.tileAt(person, shown.mid());
                    if (attendant != null && tile != null) {
                        attendant.send(
                                new MediaPicture(
                                        tile, shown.layer(), shown.layers(), shown.paused()));
                    }
                });
    }

    /// The relay tells of one of this table's legs.
    synchronized void told(LegId leg, MediaState state) {
        gate.owner(leg)
                .ifPresent(person -> {
                    if (state.state() == State.LOST) {
                        gate.closed(person);
                        enact(rooms);
                    }
                    @Nullable Attendant attendant = here.get(person);
                    if (attendant != null) {
                        attendant.send(state);
                    }
                });
    }

    private void tell() {
        here.forEach((person, attendant) -> attendant.send(state(person)));
        exhibits.tell(record.mediation(), rooms, here);
    }

    private MediationState state(PersonId person) {
        return TableView.of(
                record.mediation(),
                rooms,
                person,
                new TableView.Now(
                        gate.tilesOf(person),
                        rooms.of(person).filter(tapes::isRecorded).isPresent(),
                        tapes.troubles(),
                        phones()));
    }

    private TableView.Phones phones() {
        var there =
                here.entrySet().stream()
                        .filter(entry -> entry.getValue().isTelephone())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        var muted = there.stream().filter(gate::isMuted).collect(Collectors.toSet());
        return new TableView.Phones(there, muted, Map.copyOf(calls));
    }

    /// What a call to somebody, or of somebody, is at.
    public synchronized void called(PersonId person, TableCall call) {
        if (calls.put(person, call) != call) {
            tell();
        }
    }

    /// Who leads keeps a telephone from being heard, or lets it be heard again.
    public synchronized Optional<Bar> mute(Attendant by, PersonId person, boolean on)
            throws RecordUnavailable {
        Optional<Bar> bar = TelephoneRules.barToLead(record.mediation(), person(by));
        if (bar.isPresent()) {
            return bar;
        }
        @Nullable Attendant there = here.get(person);
        if (there == null || !there.isTelephone()) {
            return Optional.of(Bar.NOT_BY_TELEPHONE);
        }
        if (!on) {
            record.note(JournalKind.MEDIATION_CHANGED, person(by), muted(person, false));
        }
        gate.mute(person, on);
        enact(rooms);
        if (on) {
            record.noteAsMayBe(JournalKind.MEDIATION_CHANGED, person(by), muted(person, true));
        }
        return Optional.empty();
    }

    private static Map<String, String> muted(PersonId person, boolean on) {
        return Map.of("what", on ? "muted" : "unmuted", "whom", person.value());
    }

    /// Something that was done here and changed nothing here.
    public void note(String what, Map<String, String> detail, Attendant by)
            throws RecordUnavailable {
        record.note(mediation(), what, detail, person(by));
    }

    private static PersonId person(Attendant who) {
        return who.participant().person();
    }
}
