package org.maplebridge.signaling.mediation.consultation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.signaling.security.Caller;

/// The county's presets, and who may call which: who commands in the town's room or above it, and
/// its own members. Nobody else learns that it takes place.
///
/// Pure, immutable.
///
/// @param recurring those that come again by themselves, and when
public record Presets(List<Preset> all, Map<Preset, Recurrence> recurring) {
    public Presets {
        all = List.copyOf(all);
        recurring = Map.copyOf(recurring);
    }

    public Optional<Recurrence> every(Preset preset) {
        return Optional.ofNullable(recurring.get(preset));
    }

    /// @throws IllegalArgumentException that names the first fault
    public Presets checked(Organisation organisation) {
        var seen = new HashSet<String>();
        for (var preset : all) {
            var what = preset.id() + " of " + preset.town();
            if (!seen.add(what)) {
                throw new IllegalArgumentException(what + " stands there twice");
            }
            if (organisation.node(preset.town()).isEmpty()) {
                throw new IllegalArgumentException(
                        preset.id() + " names a place that is not there: " + preset.town());
            }
            for (var member : preset.members()) {
                if (organisation.user(member).isEmpty()) {
                    throw new IllegalArgumentException(
                            what + " names an account that is not there: " + member);
                }
            }
        }
        return this;
    }

    public Optional<Preset> find(String id, String town) {
        return all.stream()
                .filter(one -> one.id().equals(id) && one.town().value().equals(town))
                .findFirst();
    }

    public static boolean mayCall(Organisation organisation, Caller.Person person, Preset preset) {
        return preset.members().contains(person.user().id())
                || person.may(Permission.COMMAND)
                        && organisation.isWithin(preset.town(), person.user().node());
    }

    /// Who may call it, and who has a place there.
    public static boolean sees(
            Organisation organisation, Caller.Person person, Mediation consultation) {
        return consultation.ofAccount(person.user().id()).isPresent()
                || person.may(Permission.COMMAND)
                        && organisation.isWithin(consultation.node(), person.user().node());
    }
}
