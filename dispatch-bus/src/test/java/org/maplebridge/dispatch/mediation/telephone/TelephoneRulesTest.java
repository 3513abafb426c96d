package org.maplebridge.dispatch.mediation.telephone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent.Subject;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Mediation.Outcome;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

class TelephoneRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
    private static final PersonId LEAD = new PersonId("p1");
    private static final PersonId ANN = new PersonId("p2");
    private static final PersonId BO = new PersonId("p3");
    private final Mediation mediation = mediation();

    @Test
    void whoLeadsCallsWhoseNumberIsKept() {
        assertThat(TelephoneRules.barToDial(mediation, LEAD, ANN)).isEmpty();
        assertThat(TelephoneRules.barToDial(mediation, LEAD, BO)).contains(Bar.NO_NUMBER);
        assertThat(TelephoneRules.barToDial(mediation, ANN, ANN)).contains(Bar.MEDIATOR_ONLY);
        assertThat(TelephoneRules.barToDial(mediation, LEAD, new PersonId("p9")))
                .contains(Bar.NO_SUCH_PERSON);
        var over = next(CaseRules.end(mediation, LEAD, Outcome.CANCELLED, "c", NOW));
        assertThat(TelephoneRules.barToDial(over, LEAD, ANN)).contains(Bar.MEDIATION_OVER);
        assertThat(TelephoneRules.barToLead(over, LEAD)).contains(Bar.MEDIATION_OVER);
    }

    @Test
    void aKeyAgreesToTheSpokenTextEachTimeAnew() {
        var page =
                next(
                        CaseRules.consent(
                                mediation,
                                ANN,
                                Subject.CONFIDENTIALITY,
                                CaseRules.TEXTS,
                                true,
                                NOW));
        assertThat(page.wasByTelephone(ANN)).isFalse();
        var key = next(CaseRules.consentByKey(page, ANN, Subject.CONFIDENTIALITY, true, NOW));
        assertThat(key.consents()).hasSize(2);
        var said = key.consent(ANN, Subject.CONFIDENTIALITY).orElseThrow();
        assertThat(said.text()).isEqualTo(CaseRules.SPOKEN).hasSizeLessThanOrEqualTo(20);
        assertThat(said.at()).isEqualTo(NOW);
        assertThat(key.wasByTelephone(ANN)).isTrue();
        assertThat(key.wasByTelephone(BO)).isFalse();
        var back = next(CaseRules.consentByKey(key, ANN, Subject.CONFIDENTIALITY, false, NOW));
        assertThat(back.agreedTo(ANN, Subject.CONFIDENTIALITY)).isFalse();
        assertThat(back.wasByTelephone(ANN)).as("they were").isTrue();
    }

    private static Mediation mediation() {
        var empty =
                new Mediation(
                        new MediationId("m"),
                        null,
                        new NodeId("xinhe"),
                        "院墙",
                        "院墙",
                        new UserId("mediator"),
                        NOW,
                        null);
        var led =
                next(
                        CaseRules.add(
                                empty,
                                Person.Role.MEDIATOR,
                                "王",
                                null,
                                new UserId("mediator"),
                                null));
        var ann = next(CaseRules.add(led, Person.Role.PARTY, "张", null, null, "sealed"));
        return next(CaseRules.add(ann, Person.Role.PARTY, "李", null, null, null));
    }

    private static Mediation next(Ruling<Mediation> ruling) {
        return ((Ruling.Allowed<Mediation>) ruling).next();
    }
}
