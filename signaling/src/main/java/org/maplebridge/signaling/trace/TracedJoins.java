package org.maplebridge.signaling.trace;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.trace.JoinRecord.Outcome;

/// Follows joins from the upgrade until media are connected, and tells each when it is over.
///
/// Thread: any, guarded by this.
public final class TracedJoins implements Joins {
    /// Whoever has no media by then does not want any.
    static final long PATIENCE_NANOS = 60_000_000_000L;

    /// More than a county at once; the oldest are given up beyond.
    static final int MOST = 4_096;

    private static final String FIRST_SENT = "join.first-sent";
    private static final String FIRST_RECEIVED = "join.first-received";

    private final SpanSink sink;
    private final String node;
    private final double share;
    private final TraceClock clock;
    private final Map<String, Coming> bySession =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Coming> eldest) {
                    return size() > MOST;
                }
            };

    /// @param share of all traces that are told
    public TracedJoins(SpanSink sink, String node, double share, TraceClock clock) {
        this.sink = sink;
        this.node = node;
        this.share = share;
        this.clock = clock;
    }

    @Override
    public Join begin(long nanos) {
        return new Coming(new JoinRecord(node, "", "", "", nanos, new EnumMap<>(JoinPart.class)));
    }

    @Override
    public boolean areTold() {
        return true;
    }

    @Override
    public void snapshot(SessionId session) {
        done(session.value(), JoinPart.SNAPSHOT, clock.now());
    }

    @Override
    public void answered(SessionId session) {
        done(session.value(), JoinPart.ANSWER, clock.now());
    }

    @Override
    public synchronized void mediaRefused(SessionId session, String cause) {
        @Nullable Coming coming = bySession.get(session.value());
        if (coming != null && !coming.known.has(JoinPart.ANSWER)) {
            bySession.remove(session.value());
            tell(coming.known, new Outcome("refused", cause, clock.now()));
        }
    }

    @Override
    public synchronized void ended(SessionId session, String cause) {
        @Nullable Coming coming = bySession.remove(session.value());
        if (coming != null && !coming.known.has(JoinPart.DTLS)) {
            boolean media = coming.known.has(JoinPart.OFFER);
            tell(
                    coming.known,
                    media ? new Outcome("left", cause, clock.now()) : Outcome.good("no-media"));
        }
    }

    @Override
    public void heard(RelayEvent event, long nanos) {
        switch (event) {
            case RelayEvent.LegReached(var leg) -> done(ownerOf(leg), JoinPart.ICE, nanos);
            case RelayEvent.LegConnected(var leg, _) -> connected(ownerOf(leg), nanos);
            case RelayEvent.LegLost(var leg, var cause) -> lost(ownerOf(leg), cause, nanos);
            case RelayEvent.SlotStarted(var leg, _, _) -> sent(ownerOf(leg), nanos);
            case RelayEvent.SourceStarted(var leg, _) -> received(ownerOf(leg), nanos);
            default -> {}
        }
    }

    @Override
    public synchronized void round() {
        long now = clock.now();
        for (Iterator<Coming> all = bySession.values().iterator(); all.hasNext(); ) {
            var known = all.next().known;
            if (now - known.beganNanos() >= PATIENCE_NANOS) {
                all.remove();
                if (!known.has(JoinPart.DTLS)) {
                    tell(
                            known,
                            known.has(JoinPart.OFFER)
                                    ? new Outcome("lost", "no-media-came", now)
                                    : Outcome.good("no-media"));
                }
            }
        }
    }

    /// Legs are called after their session: `[table.]<session>.<number>`.
    static String ownerOf(LegId leg) {
        var parts = leg.value().split("\\.", -1);
        return parts.length < 2 ? "" : parts[parts.length - 2];
    }

    private synchronized void done(String session, JoinPart part, long nanos) {
        @Nullable Coming coming = bySession.get(session);
        if (coming != null && !coming.known.has(JoinPart.DTLS)) {
            coming.known = coming.known.done(part, nanos);
        }
    }

    private synchronized void connected(String session, long nanos) {
        @Nullable Coming coming = bySession.get(session);
        if (coming != null && !coming.known.has(JoinPart.DTLS)) {
            coming.known = coming.known.done(JoinPart.DTLS, nanos);
            tell(coming.known, Outcome.good("connected"));
        }
    }

    private synchronized void lost(String session, String cause, long nanos) {
        @Nullable Coming coming = bySession.remove(session);
        if (coming != null && !coming.known.has(JoinPart.DTLS)) {
            tell(coming.known, new Outcome("lost", cause, nanos));
        }
    }

    private synchronized void sent(String session, long nanos) {
        @Nullable Coming coming = bySession.get(session);
        if (coming != null && coming.known.has(JoinPart.DTLS) && !coming.sent) {
            coming.sent = true;
            first(coming.known, FIRST_SENT, nanos);
        }
    }

    private synchronized void received(String session, long nanos) {
        @Nullable Coming coming = bySession.get(session);
        if (coming != null && coming.known.has(JoinPart.DTLS) && !coming.received) {
            coming.received = true;
            first(coming.known, FIRST_RECEIVED, nanos);
        }
    }

    private void first(JoinRecord known, String name, long nanos) {
        if (isTold(known)) {
            sink.take(List.of(known.firstPacket(name, nanos, clock.both()::epoch)));
        }
    }

    private void tell(JoinRecord known, Outcome outcome) {
        if (isTold(known)) {
            sink.take(known.spans(outcome, clock.both()::epoch));
        }
    }

    private boolean isTold(JoinRecord known) {
        return TraceIds.isTold(TraceIds.trace(known.subject()), share);
    }

    /// Thread: any, guarded by the joins that it is one of.
    private final class Coming implements Join {
        private JoinRecord known;
        private boolean sent;
        private boolean received;
        private boolean refused;

        Coming(JoinRecord begun) {
            known = begun;
        }

        @Override
        public void opened() {
            done(JoinPart.UPGRADE, clock.now());
        }

        @Override
        public void said(long receivedNanos) {
            done(JoinPart.HELLO, receivedNanos);
        }

        @Override
        public void session(SessionId session, String kind, String how) {
            synchronized (TracedJoins.this) {
                known = known.done(JoinPart.SESSION, clock.now());
                known = known.named(session.value(), kind, how);
                if (how.equals("resumed")) {
                    tell(known, Outcome.good(how));
                } else {
                    bySession.put(session.value(), this);
                }
            }
        }

        @Override
        public void refused(String cause) {
            synchronized (TracedJoins.this) {
                if (!refused) {
                    refused = true;
                    tell(known, new Outcome("refused", cause, clock.now()));
                }
            }
        }

        @Override
        public void offered(long receivedNanos) {
            done(JoinPart.OFFER, receivedNanos);
        }

        private void done(JoinPart part, long nanos) {
            synchronized (TracedJoins.this) {
                if (!known.has(JoinPart.DTLS)) {
                    known = known.done(part, nanos);
                }
            }
        }
    }
}
