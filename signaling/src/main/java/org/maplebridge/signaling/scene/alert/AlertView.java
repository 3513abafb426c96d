package org.maplebridge.signaling.scene.alert;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews;
import org.maplebridge.signaling.scene.Words;

/// An alert in the words of the protocol, in one reader's language.
///
/// Pure.
final class AlertView {
    private AlertView() {}

    static AlertNews.Alert of(Alert alert, Organisation organisation, String locale) {
        @Nullable GroupId group = alert.group();
        @Nullable GeoPoint position = alert.position();
        Alert.@Nullable Ending ending = alert.ending();
        return new AlertNews.Alert(
                alert.id().value(),
                alert.unit().value(),
                organisation
                        .unit(alert.unit())
                        .map(Unit::name)
                        .map(name -> name.in(locale))
                        .orElse(alert.unit().value()),
                name(alert.by(), organisation, locale),
                Words.severity(alert.tier()),
                group == null ? null : group.value(),
                phase(alert.phase()),
                alert.raisedAt(),
                alert.activeAt(),
                Words.point(alert.position()),
                ending == null ? null : name(ending.by(), organisation, locale),
                ending == null ? null : ending.reason());
    }

    static String name(UserId user, Organisation organisation, String locale) {
        return organisation
                .user(user)
                .map(User::name)
                .map(name -> name.in(locale))
                .orElse(user.value());
    }

    private static AlertNews.Phase phase(Alert.Phase phase) {
        return switch (phase) {
            case PENDING -> AlertNews.Phase.PENDING;
            case ACTIVE -> AlertNews.Phase.ACTIVE;
            case CANCELLED -> AlertNews.Phase.CANCELLED;
            case CLOSED -> AlertNews.Phase.CLOSED;
        };
    }
}
