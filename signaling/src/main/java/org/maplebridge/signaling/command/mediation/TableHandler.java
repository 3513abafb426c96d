package org.maplebridge.signaling.command.mediation;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CardNumber;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.IdentityPort;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.Writing;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.command.TableCommands;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Drafts;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.TableDoor;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.mediation.telephone.Telephones;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ExhibitMessage;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertRing;
import org.maplebridge.signaling.protocol.MediationMessage;
import org.maplebridge.signaling.protocol.MediationMessage.MediationAnswer;
import org.maplebridge.signaling.protocol.MediationMessage.MediationConsent;
import org.maplebridge.signaling.protocol.MediationMessage.MediationDraft;
import org.maplebridge.signaling.protocol.MediationMessage.MediationEnd;
import org.maplebridge.signaling.protocol.MediationMessage.MediationIdentify;
import org.maplebridge.signaling.protocol.MediationMessage.MediationKnock;
import org.maplebridge.signaling.protocol.MediationMessage.MediationLock;
import org.maplebridge.signaling.protocol.MediationMessage.MediationMove;
import org.maplebridge.signaling.protocol.MediationMessage.MediationPictures;
import org.maplebridge.signaling.protocol.MediationMessage.MediationReadBack;
import org.maplebridge.signaling.protocol.MediationMessage.MediationRecord;
import org.maplebridge.signaling.protocol.MediationMessage.MediationRecordAnswer;
import org.maplebridge.signaling.protocol.MediationMessage.MediationSign;
import org.maplebridge.signaling.protocol.MediationMessage.MediationWrite;
import org.maplebridge.signaling.protocol.MediationNews.MediationDrafted;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.SessionMove;
import org.maplebridge.signaling.protocol.TelephoneMessage;
import org.maplebridge.signaling.protocol.TelephoneMessage.TelephoneDial;
import org.maplebridge.signaling.protocol.TelephoneMessage.TelephoneHangUp;
import org.maplebridge.signaling.protocol.TelephoneMessage.TelephoneMute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device at a table may say: its table's own messages, its peer connection, and nothing
/// else.
///
/// Thread: any; each session's own.
public final class TableHandler implements TableCommands {
    private static final Logger LOG = LoggerFactory.getLogger(TableHandler.class);

    private final Tables tables;
    private final TableDoor door;
    private final TableMediaHandler media;
    private final ExhibitHandler exhibits;
    private final Rings rings;
    private final Telephones telephones;
    private final Endings endings;
    private final IdentityPort identities;
    private final Sealing sealing;
    private final InstantSource clock;

    public TableHandler(
            Tables tables,
            TableDoor door,
            TableMediaHandler media,
            ExhibitHandler exhibits,
            Rings rings,
            Telephones telephones,
            Endings endings,
            IdentityPort identities,
            Sealing sealing,
            InstantSource clock) {
        this.tables = tables;
        this.door = door;
        this.media = media;
        this.exhibits = exhibits;
        this.rings = rings;
        this.telephones = telephones;
        this.endings = endings;
        this.identities = identities;
        this.sealing = sealing;
        this.clock = clock;
    }

    @Override
    public void joined(Attendant who) {
        Optional<ServerNode> elsewhere = door.elsewhere(who.participant().mediation());
        if (elsewhere.isPresent()) {
            who.open(new SessionMove(List.of(elsewhere.get())));
            return;
        }
        try {
            if (tables.came(who).isPresent()) {
                return;
            }
        } catch (RecordUnavailable e) {
            LOG.warn("{} finds no table: no database", who.session(), e);
        }
        who.end(CloseCode.GOING_AWAY);
    }

    @Override
    public void left(Attendant who) {
        door.left(who);
    }

    @Override
    public Reply handle(Attendant who, ClientFrame frame) {
        Optional<Table> table = tables.of(who.participant().mediation());
        if (table.isEmpty()) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "There is no such table.");
        }
        try {
            return switch (frame.message()) {
                case MediationMessage message -> handle(who, table.get(), message, frame.id());
                case ExhibitMessage message -> reply(exhibits.handle(who, table.get(), message));
                case TelephoneMessage message -> reply(telephone(who, table.get(), message));
                case ExpertRing(String account) -> reply(rings.ring(who, table.get(), account));
                case MediaMessage message -> media.handle(who, table.get(), message, frame.id());
                case SessionMessage.StatsReport _, SessionMessage.Ping _ -> Reply.DONE;
                default ->
                        Reply.refuse(
                                RefusalCode.NOT_ALLOWED, "A place at a table does not open this.");
            };
        } catch (RecordUnavailable e) {
            LOG.warn("record does not answer {} of {}", frame.id(), who.session(), e);
            return Reply.refuse(RefusalCode.RECORD_UNAVAILABLE, "The database does not answer.");
        }
    }

    private Reply handle(Attendant who, Table table, MediationMessage message, @Nullable String id)
            throws RecordUnavailable {
        return switch (message) {
            case MediationIdentify identify -> identify(who, table, identify);
            case MediationConsent consent -> consent(who, table, consent);
            case MediationMove move -> move(who, table, move);
            case MediationKnock(String party) ->
                    person(party)
                            .map(one -> knock(who, table, one))
                            .orElse(bar(Bar.NO_SUCH_PERSON));
            case MediationAnswer(boolean admit) -> reply(table.answer(who, admit));
            case MediationLock(boolean on) -> reply(table.lock(who, on));
            case MediationRecord(boolean on) -> reply(table.askToRecord(who, on));
            case MediationRecordAnswer(boolean agree) -> reply(table.answerToRecord(who, agree));
            case MediationDraft(var kind) -> draft(who, table, kind, id);
            case MediationWrite write -> write(who, table, write);
            case MediationReadBack read -> readBack(who, table, read);
            case MediationSign sign -> sign(who, table, sign);
            case MediationEnd(var outcome) -> reply(endings.end(who, table, outcome));
            case MediationPictures(boolean on) -> {
                table.pictures(who, on);
                yield Reply.DONE;
            }
        };
    }

    private Optional<Bar> telephone(Attendant who, Table table, TelephoneMessage message)
            throws RecordUnavailable {
        Optional<PersonId> person =
                person(
                        switch (message) {
                            case TelephoneDial(String one) -> one;
                            case TelephoneHangUp(String one) -> one;
                            case TelephoneMute(String one, boolean _) -> one;
                        });
        if (person.isEmpty()) {
            return Optional.of(Bar.NO_SUCH_PERSON);
        }
        return switch (message) {
            case TelephoneDial _ -> telephones.dial(who, table, person.get());
            case TelephoneHangUp _ -> telephones.hangUp(who, table, person.get());
            case TelephoneMute(String _, boolean on) -> table.mute(who, person.get(), on);
        };
    }

    private Reply knock(Attendant who, Table table, PersonId party) {
        try {
            return reply(table.knock(who, party));
        } catch (RecordUnavailable e) {
            return Reply.refuse(RefusalCode.RECORD_UNAVAILABLE, "The database does not answer.");
        }
    }

    private Reply identify(Attendant who, Table table, MediationIdentify said)
            throws RecordUnavailable {
        var verdict = identities.look(said.name().strip(), said.document().strip());
        if (!verdict.passed()) {
            return bar(Bar.IDENTITY_REFUSED);
        }
        var person = who.participant().person();
        var kept = said.name().strip() + "\n" + said.document().strip();
        var masked =
                CardNumber.maskedName(said.name().strip())
                        + " "
                        + CardNumber.masked(said.document().strip());
        var identity =
                new Person.Identity(
                        sealing.seal(kept, who.participant().mediation() + "/" + person),
                        masked,
                        verdict.word(),
                        clock.instant());
        return reply(
                table.change(who, "identified", now -> CaseRules.identify(now, person, identity)));
    }

    private Reply consent(Attendant who, Table table, MediationConsent said)
            throws RecordUnavailable {
        var subject = Consent.Subject.valueOf(said.subject().name());
        var person = who.participant().person();
        var now = clock.instant();
        var what = (said.given() ? "agreed to " : "refused ") + subject;
        return reply(
                table.consent(
                        who,
                        subject,
                        said.given(),
                        what,
                        mediation ->
                                CaseRules.consent(
                                        mediation,
                                        person,
                                        subject,
                                        said.text(),
                                        said.given(),
                                        now)));
    }

    private static Reply move(Attendant who, Table table, MediationMove said)
            throws RecordUnavailable {
        Set<PersonId> people = new HashSet<>();
        for (var text : said.people()) {
            Optional<PersonId> one = person(text);
            if (one.isEmpty()) {
                return bar(Bar.NO_SUCH_PERSON);
            }
            people.add(one.get());
        }
        Optional<Room> room =
                switch (said.room()) {
                    case "waiting" -> Optional.of(Room.WAITING);
                    case "joint" -> Optional.of(Room.JOINT);
                    default -> person(said.room()).map(Room::of);
                };
        return room.isEmpty() ? bar(Bar.NO_SUCH_ROOM) : reply(table.move(who, people, room.get()));
    }

    private Reply draft(
            Attendant who, Table table, MediationMessage.TextKind kind, @Nullable String id) {
        var mediation = table.mediation();
        boolean leads =
                mediation
                        .person(who.participant().person())
                        .filter(one -> one.role().leads())
                        .isPresent();
        return leads
                ? new Reply.Said(
                        new MediationDrafted(
                                id, kind, Drafts.of(kind(kind), mediation, clock.instant())))
                : bar(Bar.MEDIATOR_ONLY);
    }

    private Reply write(Attendant who, Table table, MediationWrite said) throws RecordUnavailable {
        var person = who.participant().person();
        var now = clock.instant();
        return reply(
                table.change(
                        who,
                        "wrote " + kind(said.kind()),
                        mediation ->
                                CaseRules.write(
                                        mediation,
                                        person,
                                        kind(said.kind()),
                                        said.seen(),
                                        said.body(),
                                        now)));
    }

    private Reply readBack(Attendant who, Table table, MediationReadBack said)
            throws RecordUnavailable {
        var person = who.participant().person();
        var now = clock.instant();
        return reply(
                table.change(
                        who,
                        "read back " + kind(said.kind()),
                        mediation ->
                                CaseRules.readBack(
                                        mediation, person, kind(said.kind()), said.number(), now)));
    }

    private Reply sign(Attendant who, Table table, MediationSign said) throws RecordUnavailable {
        var person = who.participant().person();
        var now = clock.instant();
        return reply(
                table.change(
                        who,
                        "signed " + kind(said.kind()),
                        mediation ->
                                CaseRules.sign(
                                        mediation,
                                        person,
                                        kind(said.kind()),
                                        said.hash(),
                                        said.drawn(),
                                        now)));
    }

    private static Writing.Kind kind(MediationMessage.TextKind kind) {
        return Writing.Kind.valueOf(kind.name());
    }

    private static Optional<PersonId> person(String text) {
        return Optional.of(text).filter(PersonId::isValid).map(PersonId::new);
    }

    private static Reply reply(Optional<Bar> bar) {
        return bar.map(TableHandler::bar).orElse(Reply.DONE);
    }

    private static Reply bar(Bar bar) {
        return new Reply.Refused(new Refusal(bar.code(), bar.sentence(), java.util.Map.of()));
    }
}
