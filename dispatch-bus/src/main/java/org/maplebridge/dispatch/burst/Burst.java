package org.maplebridge.dispatch.burst;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// One burst of talk: who spoke where and when, who could hear it, and where its sound lies.
///
/// @param call under which the talker spoke: a group's or a private call's
/// @param calls all under which it was heard, `call` among them
/// @param sides units of a private call; empty for a group
/// @param durationMillis of the sound, or from grant to end when none was kept
/// @param audio absent when no sound was kept
/// @param listeners units that had a peer connection in the call when it began, and the talker's
/// @param incident whose group it was said in
/// @param order what was said is this order
public record Burst(
        BurstId id,
        CallId call,
        Set<CallId> calls,
        Set<UnitId> sides,
        Talker talker,
        Turn turn,
        long durationMillis,
        @Nullable Audio audio,
        Set<UnitId> listeners,
        @Nullable IncidentId incident,
        @Nullable OrderId order) {
    /// Shorter is a slip of the finger; nobody has to listen to it.
    public static final long MIN_WORDS_MILLIS = 200;

    /// Shorter holds no order.
    public static final long MIN_ORDER_MILLIS = 500;

    public Burst {
        var all = new LinkedHashSet<>(Set.of(call));
        all.addAll(calls);
        calls = Set.copyOf(all);
        sides = Set.copyOf(sides);
        listeners = Set.copyOf(listeners);
        if (durationMillis < 0) {
            throw new IllegalArgumentException("ends before it begins");
        }
    }

    public record Talker(SessionId session, UserId user, @Nullable UnitId unit) {}

    /// @param file relative to the folder of all sound
    /// @param complete whether nothing of it is missing
    public record Audio(String file, boolean complete) {}

    /// Whether something was said at all.
    public boolean isWords() {
        return durationMillis >= MIN_WORDS_MILLIS;
    }

    public boolean canBeOrder() {
        return durationMillis >= MIN_ORDER_MILLIS;
    }

    public boolean isPrivate() {
        return !sides.isEmpty();
    }

    public Burst with(@Nullable OrderId placed) {
        return new Burst(
                id,
                call,
                calls,
                sides,
                talker,
                turn,
                durationMillis,
                audio,
                listeners,
                incident,
                placed);
    }
}
