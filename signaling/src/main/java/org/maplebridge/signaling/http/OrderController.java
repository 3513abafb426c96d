package org.maplebridge.signaling.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.OrderView;
import org.maplebridge.signaling.protocol.OrderNews;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Orders as the record has them.
@RestController
public class OrderController {
    private static final int MOST = 500;

    /// @param more whether older ones within `since` were left out
    public record Page(List<OrderNews.Order> orders, boolean more) {}

    private final OrderStore orders;
    private final Roster roster;
    private final InstantSource clock;

    public OrderController(OrderStore orders, Roster roster, InstantSource clock) {
        this.orders = orders;
        this.roster = roster;
        this.clock = clock;
    }

    /// Newest first.
    @GetMapping("/api/orders")
    Page orders(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit)
            throws RecordUnavailable {
        var from = since == null ? clock.instant().minus(Duration.ofDays(30)) : since;
        int size = Access.limit(limit, MOST);
        if (offset < 0 || offset > 100_000) {
            throw ApiProblem.malformed("offset", "is out of range");
        }
        var visible =
                orders.placedSince(from, offset + 10 * MOST).stream()
                        .filter(order -> isVisible(person, order))
                        .skip(offset)
                        .limit(size + 1L)
                        .toList();
        return new Page(
                visible.stream().limit(size).map(order -> shown(person, order)).toList(),
                visible.size() > size);
    }

    @GetMapping("/api/orders/{id}")
    OrderNews.Order order(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        Optional<Order> order = Ids.isValid(id) ? orders.find(new OrderId(id)) : Optional.empty();
        return order.filter(found -> isVisible(person, found))
                .map(found -> shown(person, found))
                .orElseThrow(() -> ApiProblem.notVisible("order"));
    }

    private boolean isVisible(Caller.Person person, Order order) {
        return roster.visibility()
                .seesOrder(person.user(), order.placedBy().node(), order.assignees());
    }

    private OrderNews.Order shown(Caller.Person person, Order order) {
        return OrderView.of(order, roster.organisation(), person.user().locale());
    }
}
