package org.maplebridge.signaling.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;

/// Whom to ask when to leave, so that all have been asked well before the deadline and never all at
/// once. Who talks is left alone until the talk is over, and goes last.
///
/// Pure. Thread: guarded by its [Drain].
final class DrainPlan {
    /// The last ones asked need time to go, too.
    private static final double SHARE_OF_ASKING = 0.75;

    /// Who is still here after so long found no other node in time, and is asked once more.
    private static final long AGAIN_NANOS = 5_000_000_000L;

    record Guest(SessionId session, boolean talks) {}

    private final long startNanos;
    private final long deadlineNanos;
    private final Map<SessionId, Long> askedAt = new HashMap<>();
    private int asked;

    DrainPlan(long startNanos, long deadlineNanos) {
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    /// @param here who is there now
    /// @return who is to be asked at this moment
    List<SessionId> due(Collection<Guest> here, long nowNanos) {
        var present = here.stream().map(Guest::session).toList();
        askedAt.keySet().retainAll(present);
        var due = new ArrayList<SessionId>();
        var fresh = here.stream().filter(guest -> !askedAt.containsKey(guest.session())).toList();
        long quota = quota(asked + fresh.size(), nowNanos);
        for (var guest : fresh) {
            if (!guest.talks() && asked < quota) {
                ask(guest.session(), due, nowNanos);
                asked++;
            }
        }
        for (var guest : here) {
            @Nullable Long before = askedAt.get(guest.session());
            if (before != null && !guest.talks() && nowNanos - before >= AGAIN_NANOS) {
                ask(guest.session(), due, nowNanos);
            }
        }
        return due;
    }

    private void ask(SessionId session, List<SessionId> due, long nowNanos) {
        askedAt.put(session, nowNanos);
        due.add(session);
    }

    /// How many of so many ought to have been asked by now.
    private long quota(int all, long nowNanos) {
        double span = Math.max(1, (deadlineNanos - startNanos) * SHARE_OF_ASKING);
        double share = Math.clamp((nowNanos - startNanos) / span, 0, 1);
        return (long) Math.ceil(all * share);
    }
}
