package org.maplebridge.signaling.scene;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Seat;

/// How far a session's voice reaches, from the rights of who sits there.
///
/// Pure.
public final class Speakers {
    private Speakers() {}

    public static Speaker of(Peer peer, Organisation organisation) {
        var person = peer.person();
        return new Speaker(
                peer.session(),
                person.role().talkPriority(),
                Severity.RED,
                isChair(person.user().seat(), organisation),
                person.may(Permission.FLOOR_OVERRIDE),
                !person.may(Permission.TALK));
    }

    private static boolean isChair(@Nullable SeatId seat, Organisation organisation) {
        return seat != null
                && organisation
                        .seat(seat)
                        .filter(found -> found.duty() == Seat.Duty.DUTY_COMMANDER)
                        .isPresent();
    }
}
