package org.maplebridge.dispatch.mediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.mediation.Tables.allowed;
import static org.maplebridge.dispatch.mediation.Tables.bar;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.Mediation.Outcome;
import org.maplebridge.dispatch.mediation.Person.Role;
import org.maplebridge.dispatch.mediation.Writing.Kind;

class CaseRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final String NAME = "10,10 60,40 90,80 120,30 160,90 200,50 240,90 300,20";
    private static final PersonId MEDIATOR = new PersonId("p1");
    private static final PersonId ANN = new PersonId("p2");
    private static final PersonId BO = new PersonId("p3");
    private static final PersonId BOS_AGENT = new PersonId("p4");

    private Mediation mediation = withAgent();

    private static Mediation withAgent() {
        var three = Tables.of(Role.MEDIATOR, Role.PARTY, Role.PARTY);
        return allowed(CaseRules.add(three, Role.AGENT, "律师", BO, null, null));
    }

    @Test
    void aTextIsSignedOnceItWasReadBackAndOnlyAsItStands() {
        write(0, "甲方修剪树木。");
        assertThat(bar(sign(ANN))).isEqualTo(Bar.NOT_READ_BACK);
        readBack();
        var old = text().hash();
        mediation = allowed(sign(ANN));
        assertThat(bar(sign(ANN))).isEqualTo(Bar.SIGNED_ALREADY);

        write(1, "甲方三日内修剪树木。");
        assertThat(mediation.signaturesOf(Kind.AGREEMENT)).as("of the text before").isEmpty();
        assertThat(bar(CaseRules.sign(mediation, BO, Kind.AGREEMENT, old, NAME, NOON)))
                .isEqualTo(Bar.TEXT_CHANGED);
        assertThat(bar(CaseRules.write(mediation, MEDIATOR, Kind.AGREEMENT, 1, "另一稿", NOON)))
                .as("somebody else wrote meanwhile")
                .isEqualTo(Bar.TEXT_CHANGED);
    }

    @Test
    void anAgreementStandsWhenWhoLeadsAndEveryPartyHaveSigned() {
        write(0, "和解。");
        readBack();
        mediation = allowed(sign(ANN));
        mediation = allowed(sign(MEDIATOR));
        assertThat(bar(end(Outcome.AGREED))).isEqualTo(Bar.SIGNATURES_MISSING);
        mediation = allowed(sign(BOS_AGENT));
        mediation = allowed(end(Outcome.AGREED));
        assertThat(mediation.isOver()).isTrue();
        assertThat(bar(sign(BO))).isEqualTo(Bar.MEDIATION_OVER);
        assertThat(bar(CaseRules.add(mediation, Role.EXPERT, "某", null, null, null)))
                .isEqualTo(Bar.MEDIATION_OVER);
    }

    @Test
    void thatNoneWasReachedNeedsTheMediatorsNameOnly() {
        mediation = allowed(CaseRules.write(mediation, MEDIATOR, Kind.NO_AGREEMENT, 0, "未成", NOON));
        mediation = allowed(CaseRules.readBack(mediation, MEDIATOR, Kind.NO_AGREEMENT, 1, NOON));
        assertThat(bar(end(Outcome.NOT_AGREED))).isEqualTo(Bar.SIGNATURES_MISSING);
        var hash = mediation.writing(Kind.NO_AGREEMENT).orElseThrow().hash();
        mediation =
                allowed(CaseRules.sign(mediation, MEDIATOR, Kind.NO_AGREEMENT, hash, NAME, NOON));
        assertThat(allowed(end(Outcome.NOT_AGREED)).isOver()).isTrue();
    }

    @Test
    void onlyWhoLeadsWritesAndOnlyWhoseNameStandsThereSigns() {
        assertThat(bar(CaseRules.write(mediation, ANN, Kind.MINUTES, 0, "我", NOON)))
                .isEqualTo(Bar.MEDIATOR_ONLY);
        var expert = allowed(CaseRules.add(mediation, Role.EXPERT, "专家", null, null, null));
        assertThat(bar(CaseRules.sign(expert, new PersonId("p5"), Kind.AGREEMENT, "", NAME, NOON)))
                .isEqualTo(Bar.NOT_A_SIGNER);
        assertThat(bar(CaseRules.add(mediation, Role.AGENT, "某", null, null, null)))
                .isEqualTo(Bar.NO_SUCH_PERSON);
    }

    @Test
    void aConsentNamesTheTextThatWasShownAndIsTakenBackByAnotherEntry() {
        var subject = Consent.Subject.CONFIDENTIALITY;
        assertThat(bar(CaseRules.consent(mediation, ANN, subject, "2020-01", true, NOON)))
                .isEqualTo(Bar.TEXT_OUTDATED);
        for (boolean given : new boolean[] {true, true, false}) {
            mediation =
                    allowed(
                            CaseRules.consent(
                                    mediation, ANN, subject, CaseRules.TEXTS, given, NOON));
        }
        assertThat(mediation.consents()).hasSize(2);
        assertThat(mediation.agreedTo(ANN, subject)).isFalse();
    }

    @Test
    void aDrawingIsPointsAndNothingElse() {
        assertThat(Drawing.of(NAME).isName()).isTrue();
        assertThat(Drawing.of("10,10").isName()).as("a dot").isFalse();
        assertThat(Drawing.of("=张某").isName()).as("typed by who cannot draw").isTrue();
        assertThat(Drawing.of("= ").isName()).isFalse();
        for (var other :
                new String[] {"", "<svg/>", "1,2 3", "1001,1 2,2", "-1,2", "1,2;", "１,2"}) {
            assertThat(Drawing.of(other).strokes()).as(other).isEmpty();
        }
    }

    @Test
    void aCardsNumberHasACheckDigitAndIsShownInParts() {
        assertThat(CardNumber.isValid("11010519491231002X")).isTrue();
        assertThat(CardNumber.isValid("110105194912310021")).isFalse();
        assertThat(CardNumber.isValid("110105")).isFalse();
        assertThat(CardNumber.masked("11010519491231002X")).isEqualTo("1101************2X");
        assertThat(CardNumber.maskedName("张三丰")).isEqualTo("张**");
    }

    private void write(int seen, String body) {
        mediation = allowed(CaseRules.write(mediation, MEDIATOR, Kind.AGREEMENT, seen, body, NOON));
    }

    private void readBack() {
        mediation =
                allowed(
                        CaseRules.readBack(
                                mediation, MEDIATOR, Kind.AGREEMENT, text().number(), NOON));
    }

    private Writing text() {
        return mediation.writing(Kind.AGREEMENT).orElseThrow();
    }

    private Ruling<Mediation> sign(PersonId who) {
        return CaseRules.sign(mediation, who, Kind.AGREEMENT, text().hash(), NAME, NOON);
    }

    private Ruling<Mediation> end(Outcome outcome) {
        return CaseRules.end(mediation, MEDIATOR, outcome, "c-1", NOON);
    }
}
