package org.maplebridge.signaling.command;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.order.Assignment;
import org.maplebridge.dispatch.order.Destination;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.protocol.OrderNews;
import org.maplebridge.signaling.scene.Words;

/// An order as one reader sees it.
///
/// Pure.
public final class OrderView {
    private OrderView() {}

    public static OrderNews.Order of(Order order, Organisation organisation, String locale) {
        var author = order.placedBy();
        var name =
                organisation
                        .user(author.user())
                        .map(User::name)
                        .orElse(Name.of(author.user().value()));
        @Nullable String group = order.group() == null ? null : order.group().value();
        @Nullable String incident = order.incident() == null ? null : order.incident().value();
        @Nullable String burst = order.burst() == null ? null : order.burst().value();
        return new OrderNews.Order(
                order.id().value(),
                order.number(),
                order.text(),
                Words.severity(order.severity()),
                order.placedAt(),
                new OrderNews.PlacedBy(
                        author.user().value(), name.in(locale), author.node().value()),
                group,
                incident,
                destination(order.to()),
                burst,
                order.assignments().stream()
                        .map(assignment -> of(assignment, organisation, locale))
                        .toList());
    }

    private static OrderNews.@Nullable Destination destination(@Nullable Destination to) {
        return to == null ? null : new OrderNews.Destination(to.place(), Words.point(to.point()));
    }

    private static OrderNews.Assignee of(
            Assignment assignment, Organisation organisation, String locale) {
        var name =
                organisation
                        .unit(assignment.unit())
                        .map(Unit::name)
                        .orElse(Name.of(assignment.unit().value()));
        return new OrderNews.Assignee(
                assignment.unit().value(),
                name.in(locale),
                Words.step(assignment.step()),
                assignment.at(),
                assignment.reason(),
                assignment.history().stream()
                        .map(taken ->
                                new OrderNews.StepTaken(
                                        Words.step(taken.step()), taken.at(), taken.reason()))
                        .toList());
    }
}
