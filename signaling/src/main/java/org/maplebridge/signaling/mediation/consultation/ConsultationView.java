package org.maplebridge.signaling.mediation.consultation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.signaling.protocol.ConsultationNews.Consultation;
import org.maplebridge.signaling.protocol.ConsultationNews.ConsultationMember;
import org.maplebridge.signaling.protocol.ConsultationNews.MemberState;

/// A consultation as everybody is told it who may know of it.
///
/// Pure.
final class ConsultationView {
    private ConsultationView() {}

    static Consultation of(
            Mediation it,
            Organisation organisation,
            Map<UserId, MemberState> states,
            String locale) {
        Mediation.@Nullable End end = it.end();
        @Nullable String preset = it.preset();
        return new Consultation(
                it.id().value(),
                preset == null ? "" : preset,
                it.node().value(),
                it.title(),
                it.incident() == null ? null : it.incident().value(),
                name(organisation, it.by(), locale, it.by().value()),
                it.createdAt(),
                end == null ? null : end.at(),
                it.people().stream()
                        .map(person -> member(person, organisation, states, locale))
                        .toList());
    }

    private static ConsultationMember member(
            Person person,
            Organisation organisation,
            Map<UserId, MemberState> states,
            String locale) {
        @Nullable UserId account = person.account();
        var known = account == null ? new UserId("nobody") : account;
        return new ConsultationMember(
                person.id().value(),
                known.value(),
                name(organisation, known, locale, person.name()),
                states.getOrDefault(known, MemberState.AWAY));
    }

    private static String name(
            Organisation organisation, UserId account, String locale, String otherwise) {
        return organisation.user(account).map(user -> user.name().in(locale)).orElse(otherwise);
    }
}
