package org.maplebridge.signaling.mediation.telephone;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.TableDoor;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;

/// Does what a step of a call needs: consents into the record, a place at the table taken and left.
/// All of it is done before the call is at its next stage, so a step that fails may be repeated.
///
/// Thread: the one whose turn at the call it is.
public final class CallSteps {
    private final MediationStore store;
    private final TableDoor door;
    private final InstantSource clock;

    public CallSteps(MediationStore store, TableDoor door, InstantSource clock) {
        this.store = store;
        this.door = door;
        this.clock = clock;
    }

    /// @return what stands against it
    Optional<Bar> take(TelephoneLine line, Ruling<PhoneCall.Step> ruling, long nowNanos)
            throws RecordUnavailable {
        return switch (ruling) {
            case Ruling.Barred<PhoneCall.Step>(Bar why) -> Optional.of(why);
            case Ruling.Allowed<PhoneCall.Step>(PhoneCall.Step step) -> {
                for (var act : step.acts()) {
                    Optional<Bar> bar = act(line, act);
                    if (bar.isPresent()) {
                        yield bar;
                    }
                }
                line.moved(step.next(), nowNanos);
                tell(line);
                yield Optional.empty();
            }
        };
    }

    private Optional<Bar> act(TelephoneLine line, PhoneCall.Act act) throws RecordUnavailable {
        return switch (act) {
            case AGREE -> consent(line, Consent.Subject.CONFIDENTIALITY, true);
            case REFUSE -> refuse(line);
            case RECORDING_YES -> consent(line, Consent.Subject.RECORDING, true);
            case RECORDING_NO -> consent(line, Consent.Subject.RECORDING, false);
            case RECORDING_TURN -> consent(line, Consent.Subject.RECORDING, !isWilling(line));
            case ANSWER_YES -> answer(line, true);
            case ANSWER_NO -> answer(line, false);
            case SIT -> sit(line);
            case LEAVE -> {
                leave(line);
                yield Optional.empty();
            }
        };
    }

    /// Who picked up and does not agree says nothing for the person, who may sit there by a page.
    private Optional<Bar> refuse(TelephoneLine line) throws RecordUnavailable {
        if (line.isSeated()) {
            return consent(line, Consent.Subject.CONFIDENTIALITY, false);
        }
        Optional<Table> table = door.tables().of(line.participant().mediation());
        if (table.isPresent()) {
            table.get().note("refused CONFIDENTIALITY by telephone", Map.of(), line);
        }
        return Optional.empty();
    }

    private Optional<Bar> consent(TelephoneLine line, Consent.Subject subject, boolean given)
            throws RecordUnavailable {
        var who = line.participant();
        var what = (given ? "agreed to " : "refused ") + subject + " by telephone";
        var now = clock.instant();
        Table.Change change =
                mediation -> CaseRules.consentByKey(mediation, who.person(), subject, given, now);
        Optional<Table> table = door.tables().of(who.mediation());
        if (table.isPresent()) {
            return table.get().consent(line, subject, given, what, change);
        }
        Optional<Mediation> mediation = store.find(who.mediation());
        return mediation.isEmpty()
                ? Optional.of(Bar.NO_SUCH_PERSON)
                : door.tables().change(mediation.get(), who.person(), what, change);
    }

    private static boolean isWilling(TelephoneLine line) {
        @Nullable MediationState news = line.news();
        return news != null
                && news.people().stream()
                        .filter(person -> person.id().equals(news.me()))
                        .anyMatch(person -> Objects.equals(person.recording(), true));
    }

    private Optional<Bar> answer(TelephoneLine line, boolean yes) throws RecordUnavailable {
        Optional<Table> table = door.tables().of(line.participant().mediation());
        return table.isEmpty()
                ? Optional.of(Bar.NOBODY_ASKED)
                : table.get().answerToRecord(line, yes);
    }

    /// A page of the same person loses its place.
    private Optional<Bar> sit(TelephoneLine line) throws RecordUnavailable {
        if (line.isSeated()) {
            return Optional.empty();
        }
        if (door.elsewhere(line.participant().mediation()).isPresent()) {
            return Optional.of(Bar.NOBODY_THERE); // it went on at another node while it rang
        }
        line.seated(true);
        boolean there = false;
        try {
            there = door.came(line).isPresent();
        } finally {
            line.seated(there);
        }
        return there ? Optional.empty() : Optional.of(Bar.NO_SUCH_PERSON);
    }

    private void leave(TelephoneLine line) {
        if (line.isSeated()) {
            line.seated(false);
            door.left(line);
        }
    }

    /// Who leads sees on the table's page what a call is at.
    void tell(TelephoneLine line) {
        MediationId mediation = line.participant().mediation();
        door.tables()
                .of(mediation)
                .ifPresent(table ->
                        table.called(line.participant().person(), Telephones.word(line.call())));
    }

    static boolean isAsked(TelephoneLine line) {
        @Nullable MediationState news = line.news();
        return news != null && news.ask() != null;
    }
}
