package org.maplebridge.media.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.leg.TransportEvent;
import org.maplebridge.media.wire.PeerPath;

/// Which ways to the other node are proved, and by which of them we send.
///
/// A path is proved by the answer to a check of ours that went out on it, and by nothing else: who
/// replays or redirects the other end's packets has no such answer, and moves nothing. A check of
/// the other end from an address unknown so far only makes us check that address; so one end that
/// reaches the other is enough, and an end whose address changed is found again.
///
/// Each end chooses by itself where it sends, and stays there while it is answered. What comes is
/// taken on every proved path.
///
/// Pure: the time is handed in. Thread: its link's media loop.
final class LinkPaths {
    static final long HASTY_NANOS = 200_000_000L;

    /// Between two checks that are both answers to checks of the other end.
    static final long ANEW_NANOS = 50_000_000L;

    static final long KEEP_ALIVE_NANOS = 1_000_000_000L;

    /// Told ways that do not answer while another does: they may come back.
    static final long RARE_NANOS = 5_000_000_000L;

    /// Two checks unanswered: the others are asked in haste.
    static final long DOUBT_NANOS = 2_200_000_000L;

    /// The way in use is checked when another one is learnt and proved, and has so long to answer:
    /// else the other end has moved. A round trip that takes longer costs no more than a move.
    static final long CHALLENGE_NANOS = 300_000_000L;

    /// How long the answer of an address a check came from is awaited.
    static final long LEARNT_NANOS = 3_000_000_000L;

    static final long FORGET_NANOS = 30_000_000_000L;

    static final int MOST_LEARNT = 8;

    private final List<LinkPath> all = new ArrayList<>();
    private final Queue<TransportEvent> events;
    private @Nullable LinkPath selected;
    private @Nullable LinkPath challenger;
    private long challengedNanos;
    private long heardNanos;

    /// @param told ways to the addresses the other end told, best first
    /// @param events hears what changed
    LinkPaths(List<PeerPath> told, Queue<TransportEvent> events, long nowNanos) {
        this.events = events;
        this.heardNanos = nowNanos;
        for (PeerPath path : told) {
            all.add(new LinkPath(path, true, nowNanos));
        }
    }

    /// An authentic check came that was not seen before.
    ///
    /// @return null when there are too many paths to take note of it
    @Nullable LinkPath checked(PeerPath from, long nowNanos) {
        heardNanos = nowNanos;
        LinkPath known = find(from);
        if (known == null) {
            return learn(from, nowNanos);
        }
        known.heardNanos = nowNanos;
        return known;
    }

    private @Nullable LinkPath learn(PeerPath from, long nowNanos) {
        int learnt = 0;
        LinkPath quietest = null;
        for (LinkPath path : all) {
            if (!path.told) {
                learnt++;
                if (path != selected
                        && (quietest == null || path.heardNanos - quietest.heardNanos < 0)) {
                    quietest = path;
                }
            }
        }
        if (learnt >= MOST_LEARNT) {
            if (quietest == null || !quietest.silentFor(KEEP_ALIVE_NANOS * 2, nowNanos)) {
                return null;
            }
            forget(quietest);
        }
        var fresh = new LinkPath(from, false, nowNanos);
        all.add(fresh);
        return fresh;
    }

    private void forget(LinkPath path) {
        if (path.proved) {
            path.proved = false;
            events.add(new TransportEvent.PathForgotten(path.path));
        }
        if (!path.told) {
            all.remove(path);
        }
    }

    /// Whether a check of ours of this number went out on that path and was not answered yet.
    @Nullable LinkPath awaiting(PeerPath from, long number) {
        LinkPath path = find(from);
        return path != null && path.awaits(number) ? path : null;
    }

    /// The authentic answer came.
    void answered(LinkPath path, long number, long nowNanos) {
        path.answered(number, nowNanos);
        heardNanos = nowNanos;
        if (path.proved) {
            return;
        }
        path.proved = true;
        events.add(new TransportEvent.PathProved(path.path));
        LinkPath usual = selected;
        if (usual == null) {
            select(path);
        } else if (!path.told) {
            challenger = path;
            challengedNanos = nowNanos;
            usual.askAtOnce(nowNanos);
        }
    }

    private void select(LinkPath path) {
        boolean first = selected == null;
        selected = path;
        events.add(
                first
                        ? new TransportEvent.Connected(path.path)
                        : new TransportEvent.Moved(path.path));
    }

    /// Authentic media came.
    void heard(PeerPath from, long nowNanos) {
        LinkPath path = find(from);
        if (path != null) {
            path.heardNanos = nowNanos;
            heardNanos = nowNanos;
        }
    }

    boolean proved(PeerPath from) {
        LinkPath path = find(from);
        return path != null && path.proved;
    }

    private @Nullable LinkPath find(PeerPath wanted) {
        LinkPath usual = selected;
        if (usual != null && usual.path.equals(wanted)) {
            return usual;
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path.equals(wanted)) {
                return all.get(i);
            }
        }
        return null;
    }

    /// Leaves a way that is not answered any more for one that is, and forgets what is long silent.
    void tick(long nowNanos) {
        LinkPath usual = selected;
        if (usual != null) {
            decide(usual, nowNanos);
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            LinkPath path = all.get(i);
            boolean vain = !path.told && !path.proved && nowNanos - path.sinceNanos >= LEARNT_NANOS;
            boolean quiet = path.proved && path.silentFor(FORGET_NANOS, nowNanos);
            if (path != selected && (vain || quiet)) {
                forget(path);
            }
        }
    }

    private void decide(LinkPath usual, long nowNanos) {
        LinkPath other = challenger;
        if (other != null && nowNanos - challengedNanos >= CHALLENGE_NANOS) {
            challenger = null;
            if (usual.answeredNanos - challengedNanos < 0 && other.proved) {
                select(other);
                return;
            }
        }
        if (!inDoubt(nowNanos)) {
            return;
        }
        LinkPath best = usual;
        for (LinkPath path : all) {
            if (path.proved && path.answeredNanos - best.answeredNanos > 0) {
                best = path;
            }
        }
        if (best.answeredNanos - usual.answeredNanos >= KEEP_ALIVE_NANOS) {
            select(best);
        }
    }

    private boolean inDoubt(long nowNanos) {
        LinkPath usual = selected;
        return usual == null || nowNanos - usual.answeredNanos >= DOUBT_NANOS;
    }

    /// The next way that is to be checked now, or null. Whoever gets one notes with
    /// [LinkPath#asked] that it was.
    @Nullable LinkPath due(long nowNanos) {
        boolean hasty = inDoubt(nowNanos);
        for (int i = 0; i < all.size(); i++) {
            LinkPath path = all.get(i);
            if (nowNanos - path.askedNanos >= pause(path, hasty)) {
                return path;
            }
        }
        return null;
    }

    private static long pause(LinkPath path, boolean hasty) {
        if (hasty || !path.told && !path.proved) {
            return HASTY_NANOS;
        }
        return path.proved ? KEEP_ALIVE_NANOS : RARE_NANOS;
    }

    /// Where datagrams go; null before the first proof.
    @Nullable PeerPath selected() {
        LinkPath path = selected;
        return path == null ? null : path.path;
    }

    /// Since anything authentic came.
    long silentNanos(long nowNanos) {
        return nowNanos - heardNanos;
    }
}
