package org.maplebridge.signaling.scene;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.MembershipChange;

/// Since when a node may have gone its own way: envelopes of either half did not come across, so
/// what changed since then has to be told again once both have found together.
///
/// Thread: the bus alone.
public final class Apart {
    /// So long may envelopes have been lost before a node is missed.
    private static final Duration UNNOTICED = Duration.ofMinutes(1);

    private final InstantSource clock;
    private @Nullable Instant since;

    public Apart(InstantSource clock) {
        this.clock = clock;
    }

    /// @return since when they were apart, if they have just found together
    public Optional<Instant> changed(MembershipChange change) {
        return switch (change) {
            case MembershipChange.Left _ -> {
                since = since == null ? clock.instant().minus(UNNOTICED) : since;
                yield Optional.empty();
            }
            case MembershipChange.Joined _ -> Optional.empty();
            case MembershipChange.Merged _ -> {
                var were = Optional.ofNullable(since);
                since = null;
                yield were;
            }
        };
    }
}
