package org.maplebridge.dispatch.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

/// Two mediations of the account `mediator`: one about an incident, one that came directly.
final class DemoMediations {
    private static final UserId MEDIATOR = new UserId("mediator");
    private static final PersonId FIRST_PARTY = new PersonId("p2");

    private DemoMediations() {}

    static List<Mediation> before(Instant now) {
        return List.of(
                labour(now.minus(Duration.ofHours(20)), now.plus(Duration.ofHours(2))),
                light(now.minus(Duration.ofHours(3)), now.plus(Duration.ofHours(26))));
    }

    private static Mediation labour(Instant at, Instant scheduled) {
        var mediation =
                opened(
                        "demo-m1",
                        new IncidentId("demo-21"),
                        "劳务合同纠纷",
                        "林某等人在牧屿工地务工，主张尚有工资未结清；包工方陈某认为应扣除返工费用。",
                        at,
                        scheduled);
        mediation = with(mediation, Person.Role.PARTY, "林某", null);
        mediation = with(mediation, Person.Role.PARTY, "陈某", null);
        return with(mediation, Person.Role.AGENT, "周律师", FIRST_PARTY);
    }

    private static Mediation light(Instant at, Instant scheduled) {
        var mediation =
                opened(
                        "demo-m2",
                        null,
                        "相邻采光纠纷",
                        "张某认为李某院内的香樟遮挡采光，要求修剪；李某担心影响树木成活。",
                        at,
                        scheduled);
        mediation = with(mediation, Person.Role.PARTY, "张某", null);
        return with(mediation, Person.Role.PARTY, "李某", null);
    }

    private static Mediation opened(
            String id,
            @Nullable IncidentId incident,
            String title,
            String matter,
            Instant at,
            Instant scheduled) {
        var mediation =
                new Mediation(
                        new MediationId(id),
                        incident,
                        new NodeId("zeguo"),
                        title,
                        matter,
                        MEDIATOR,
                        at,
                        scheduled);
        return taken(CaseRules.add(mediation, Person.Role.MEDIATOR, "泽国调解员", null, MEDIATOR, null));
    }

    private static Mediation with(
            Mediation mediation, Person.Role role, String name, @Nullable PersonId side) {
        return taken(CaseRules.add(mediation, role, name, side, null, null));
    }

    private static Mediation taken(Ruling<Mediation> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<Mediation>(Mediation next) -> next;
            case Ruling.Barred<Mediation>(var why) -> throw new IllegalStateException(why.code());
        };
    }
}
