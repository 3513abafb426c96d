package org.maplebridge.dispatch.mediation;

import java.time.Instant;
import org.maplebridge.dispatch.mediation.Person.Role;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

/// Mediations for tests.
final class Tables {
    private Tables() {}

    /// Agents go with the first party.
    static Mediation of(Role... roles) {
        var mediation =
                new Mediation(
                        new MediationId("m-1"),
                        null,
                        new NodeId("zeguo"),
                        "相邻纠纷",
                        "采光",
                        new UserId("mediator"),
                        Instant.EPOCH,
                        null);
        var first = new PersonId("p2");
        for (Role role : roles) {
            var side = role == Role.AGENT ? first : null;
            mediation = allowed(CaseRules.add(mediation, role, "某", side, null, null));
        }
        return mediation;
    }

    static <T> T allowed(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<T>(T next) -> next;
            case Ruling.Barred<T>(Bar why) -> throw new AssertionError(why);
        };
    }

    static Bar bar(Ruling<?> ruling) {
        if (ruling instanceof Ruling.Barred<?>(Bar why)) {
            return why;
        }
        throw new AssertionError(ruling);
    }
}
