package org.maplebridge.signaling.burst;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.Talker;

/// A burst as one reader sees it.
///
/// Pure.
final class BurstView {
    private BurstView() {}

    /// @param call under which this reader hears it
    static BurstNews.Burst of(
            Burst burst, CallId call, boolean heard, Organisation organisation, String locale) {
        var talker = burst.talker();
        var name =
                organisation
                        .user(talker.user())
                        .map(User::name)
                        .orElse(Name.of(talker.user().value()));
        @Nullable String unit = talker.unit() == null ? null : talker.unit().value();
        @Nullable String order = burst.order() == null ? null : burst.order().value();
        return new BurstNews.Burst(
                burst.id().value(),
                call.value(),
                new Talker(talker.user().value(), name.in(locale), unit),
                burst.turn().startedAt(),
                burst.durationMillis(),
                heard,
                burst.audio() != null,
                order);
    }
}
