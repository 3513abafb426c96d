package org.maplebridge.signaling.command;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.SpokenOrders;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech.SpokenOrder;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.trace.Orders;

/// Orders that are spoken: for the members of all groups that heard it, as far as the speaker may
/// order them, or for the other side of a private call.
///
/// Thread: any.
public final class SpokenOrderDesk implements SpokenOrders {
    private final OrderStore orders;
    private final OrderDesk desk;
    private final Roster roster;
    private final InstantSource clock;
    private final Orders traces;

    public SpokenOrderDesk(
            OrderStore orders, OrderDesk desk, Roster roster, InstantSource clock, Orders traces) {
        this.traces = traces;
        this.orders = orders;
        this.desk = desk;
        this.roster = roster;
        this.clock = clock;
    }

    /// Asked when the key goes down, so that nobody speaks for nothing.
    ///
    /// @param sides the units of a private call; empty for a group
    boolean reachesAnybody(Peer speaker, CallId call, Function<CallId, Set<UnitId>> sides) {
        return !addressees(speaker.person().user(), List.of(call), sides.apply(call)).isEmpty();
    }

    @Override
    public Optional<Refused> refusal(Peer speaker, SpokenOrder asked, Burst burst)
            throws RecordUnavailable {
        if (addressees(speaker, burst).isEmpty()) {
            return Optional.of(
                    asked.refused(RefusalCode.NOT_ALLOWED, "Nobody here is to be ordered by you."));
        }
        boolean taken =
                orders.find(asked.order())
                        .filter(there -> !burst.id().equals(there.burst()))
                        .isPresent();
        return taken ? Optional.of(conflict(asked)) : Optional.empty();
    }

    @Override
    public Optional<Refused> place(Peer speaker, SpokenOrder asked, Burst burst, String text)
            throws RecordUnavailable {
        long began = traces.now();
        var user = speaker.person().user();
        var order =
                Order.place(
                                asked.order(),
                                text,
                                asked.severity(),
                                new Author(user.id(), user.node(), user.seat()),
                                clock.instant(),
                                burst.isPrivate() ? null : new GroupId(burst.call().value()),
                                addressees(speaker, burst))
                        .spoken(burst.id());
        var about = burst.incident() == null ? order : order.about(burst.incident());
        return switch (desk.place(about)) {
            case OrderStore.Placing.Placed _ -> {
                traces.placed(about.id(), true, began);
                yield Optional.empty();
            }
            case OrderStore.Placing.Repeated _ -> Optional.empty();
            case OrderStore.Placing.Conflict() -> Optional.of(conflict(asked));
        };
    }

    private static Refused conflict(SpokenOrder asked) {
        return asked.refused(RefusalCode.ORDER_CONFLICT, "This id is another order's.");
    }

    private Set<UnitId> addressees(Peer speaker, Burst burst) {
        return addressees(speaker.person().user(), burst.calls(), burst.sides());
    }

    private Set<UnitId> addressees(User user, Collection<CallId> calls, Set<UnitId> sides) {
        var units = new LinkedHashSet<UnitId>();
        sides.stream()
                .filter(side -> !side.equals(user.unit()))
                .filter(side -> roster.visibility().mayOrder(user, side))
                .forEach(units::add);
        for (var call : calls) {
            desk.members(user, new GroupId(call.value())).ifPresent(units::addAll);
        }
        return units;
    }
}
