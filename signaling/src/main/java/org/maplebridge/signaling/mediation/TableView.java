package org.maplebridge.signaling.mediation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.mediation.Signature;
import org.maplebridge.dispatch.mediation.Writing;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationMessage.TextKind;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableAsk;
import org.maplebridge.signaling.protocol.MediationNews.TableCall;
import org.maplebridge.signaling.protocol.MediationNews.TablePerson;
import org.maplebridge.signaling.protocol.MediationNews.TablePhone;
import org.maplebridge.signaling.protocol.MediationNews.TableRole;
import org.maplebridge.signaling.protocol.MediationNews.TableText;
import org.maplebridge.signaling.protocol.MediationNews.TableTile;
import org.maplebridge.signaling.protocol.MediationNews.TableTrouble;

/// A table as one who sits at it may know it. Where the others are is told to who leads alone;
/// everybody else learns who is with them, and who is there at all.
///
/// Pure.
final class TableView {
    private TableView() {}

    /// What goes on at the table beside who is where.
    ///
    /// @param tiles whom the reader's page shows, by tile
    /// @param recorded whether the talk is that the reader is in
    /// @param troubles whose recording failed, and why
    /// @param phones who sits by one, is muted there, or was called last
    record Now(
            Map<Integer, PersonId> tiles,
            boolean recorded,
            Map<PersonId, String> troubles,
            Phones phones) {}

    /// @param here who sits by a telephone
    /// @param muted whom nobody hears
    /// @param calls what the last call of each is at
    record Phones(Set<PersonId> here, Set<PersonId> muted, Map<PersonId, TableCall> calls) {}

    static MediationState of(Mediation mediation, Rooms rooms, PersonId reader, Now now) {
        var me = mediation.person(reader).orElseThrow();
        boolean leads = me.role().leads();
        Mediation.@Nullable End end = mediation.end();
        return new MediationState(
                mediation.id().value(),
                mediation.title(),
                mediation.isConsultation(),
                reader.value(),
                role(me),
                rooms.of(reader).orElse(Room.WAITING).word(),
                rooms.locked(),
                knock(mediation, rooms, reader),
                mediation.people().stream()
                        .map(person -> person(mediation, rooms, person, reader, now.phones()))
                        .toList(),
                now.tiles().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new TableTile(entry.getKey(), entry.getValue().value()))
                        .toList(),
                now.recorded(),
                ask(mediation, rooms, reader),
                leads ? troubles(now.troubles()) : List.of(),
                texts(mediation, leads),
                CaseRules.TEXTS,
                end == null ? null : MediationOutcome.valueOf(end.outcome().name()),
                end == null ? null : end.code());
    }

    private static @Nullable String knock(Mediation mediation, Rooms rooms, PersonId reader) {
        Rooms.@Nullable Knock knock = rooms.knock();
        boolean mine =
                knock != null
                        && rooms.of(reader).filter(Room.of(knock.party())::equals).isPresent();
        return knock == null || !mine
                ? null
                : mediation.person(knock.by()).map(Person::name).orElse(null);
    }

    private static List<TableTrouble> troubles(Map<PersonId, String> troubles) {
        return troubles.entrySet().stream()
                .map(entry -> new TableTrouble(entry.getKey().value(), entry.getValue()))
                .toList();
    }

    /// To be known by who is in that room alone.
    private static @Nullable TableAsk ask(Mediation mediation, Rooms rooms, PersonId reader) {
        if (!(rooms.of(reader).orElse(Room.WAITING) instanceof Room.Private(PersonId party))) {
            return null;
        }
        Rooms.@Nullable Ask ask = rooms.asks().get(party);
        return ask == null
                ? null
                : new TableAsk(
                        mediation.person(ask.by()).map(Person::name).orElse(""),
                        ask.yes().contains(reader));
    }

    private static TablePerson person(
            Mediation mediation, Rooms rooms, Person person, PersonId reader, Phones phones) {
        var id = person.id();
        boolean leads = mediation.person(reader).filter(one -> one.role().leads()).isPresent();
        Person.@Nullable Identity identity = person.identity();
        boolean told = leads || id.equals(reader);
        return new TablePerson(
                id.value(),
                person.name(),
                role(person),
                person.side() == null ? null : person.side().value(),
                rooms.of(id).isPresent(),
                rooms.together(reader, id),
                leads ? rooms.of(id).map(Room::word).orElse(null) : null,
                person.role().isBound() || mediation.agreedTo(id, Consent.Subject.CONFIDENTIALITY),
                told
                        ? mediation
                                .consent(id, Consent.Subject.RECORDING)
                                .map(Consent::given)
                                .orElse(null)
                        : null,
                identity != null,
                told && identity != null ? identity.masked() : null,
                phone(person, phones, leads));
    }

    private static @Nullable TablePhone phone(Person person, Phones phones, boolean leads) {
        boolean here = phones.here().contains(person.id());
        boolean callable = leads && person.phone() != null;
        @Nullable TableCall call = leads ? phones.calls().get(person.id()) : null;
        return here || callable || call != null
                ? new TablePhone(here, phones.muted().contains(person.id()), callable, call)
                : null;
    }

    /// A text is a draft of who leads until it is read back.
    private static List<TableText> texts(Mediation mediation, boolean leads) {
        return java.util.Arrays.stream(Writing.Kind.values())
                .map(mediation::writing)
                .flatMap(Optional::stream)
                .filter(text -> leads || text.readBack() != null)
                .map(text ->
                        new TableText(
                                TextKind.valueOf(text.kind().name()),
                                text.number(),
                                text.body(),
                                text.hash(),
                                text.readBack(),
                                mediation.signaturesOf(text.kind()).stream()
                                        .map(Signature::person)
                                        .map(PersonId::value)
                                        .toList()))
                .toList();
    }

    private static TableRole role(Person person) {
        return TableRole.valueOf(person.role().name());
    }
}
