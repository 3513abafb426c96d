package org.maplebridge.media.netty;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.dtls.DtlsHandshake;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.leg.LegTransport;
import org.maplebridge.media.relay.LoopPort;
import org.maplebridge.media.relay.LoopRelay;
import org.maplebridge.media.sdp.LocalSide;
import org.maplebridge.media.sdp.SdpNegotiator;
import org.maplebridge.media.sdp.SdpOutcome;
import org.maplebridge.media.sdp.TrickleFragment;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The relay of one node: agrees with peers on the caller's thread, and hands what was decided to
/// the loop each leg lives on.
///
/// Thread: any.
public final class RelayNode implements MediaRelay {
    private static final Logger LOG = LoggerFactory.getLogger(RelayNode.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RelayConfig config;
    private final MediaLoops loops;
    private final RelayMetrics metrics;
    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final SrtpCiphers ciphers;
    private final SecureRandom random;
    private final Map<LegId, OpenLeg> legs;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RelayNode(
            RelayConfig config,
            MediaLoops loops,
            SrtpCiphers ciphers,
            SecureRandom random,
            Map<LegId, OpenLeg> legs) {
        this.config = config;
        this.loops = loops;
        this.metrics = new RelayMetrics(loops.all(), loops.senderName(), ciphers.name());
        this.ciphers = ciphers;
        this.random = random;
        this.legs = legs;
    }

    /// Binds the port and begins to serve.
    ///
    /// @throws IOException in words for the operator when the port cannot be had
    public static RelayNode start(RelayConfig config, RelayEvents events) throws IOException {
        var legs = new ConcurrentHashMap<LegId, OpenLeg>();
        var random = new SecureRandom();
        SrtpCiphers ciphers = SrtpCiphers.best();
        LOG.info("SRTP by {}", ciphers.name());
        DtlsHandshake.warmUp();
        MediaLoops loops =
                MediaLoops.start(
                        config, (loop, others) -> relay(loop, others, legs, events, random));
        return new RelayNode(config, loops, ciphers, random, legs);
    }

    private static LoopRelay relay(
            MediaLoop loop,
            LoopPort others,
            Map<LegId, OpenLeg> legs,
            RelayEvents events,
            SecureRandom random) {
        long ntpOffset = System.currentTimeMillis() * NANOS_PER_MILLI - System.nanoTime();
        return new LoopRelay(
                others,
                event -> {
                    if (event instanceof RelayEvent.LegLost(LegId leg, String _)) {
                        legs.computeIfPresent(
                                leg, (_, open) -> open.home == loop && open.live ? null : open);
                    }
                    events.on(event);
                },
                random::nextInt,
                ntpOffset);
    }

    /// The UDP port, chosen by the system when the configuration said 0.
    public int port() {
        return loops.port().number();
    }

    public RelayMetrics metrics() {
        return metrics;
    }

    @Override
    public Negotiation open(LegId leg, String offer, LegPlan plan) {
        if (legs.size() >= config.maxLegs() && !legs.containsKey(leg)) {
            return new Negotiation.Refused(
                    "relay-full", "This relay already serves as many peers as it may.");
        }
        LocalSide local = localSide();
        return switch (SdpNegotiator.open(offer, plan, local)) {
            case SdpOutcome.Refused(String code, String detail) ->
                    new Negotiation.Refused(code, detail);
            case SdpOutcome.Agreed agreed -> {
                begin(leg, plan, local.ice(), agreed);
                yield new Negotiation.Accepted(agreed.answer(), false);
            }
        };
    }

    private void begin(LegId leg, LegPlan plan, IceCredentials ice, SdpOutcome.Agreed agreed) {
        MediaLoop home = loops.homeOf(plan.affinity());
        var negotiated = agreed.negotiated();
        var transport =
                new LegTransport(
                        ice,
                        negotiated.remoteIce(),
                        negotiated.remoteFingerprint(),
                        certificate,
                        ciphers,
                        task ->
                                home.submit((relay, now, out) -> {
                                    task.run(now, out);
                                    relay.refresh(leg, now, out);
                                }),
                        System.nanoTime());
        var opened = new OpenLeg(home, plan, transport, negotiated, ice);
        // In one step with what it replaces, so that commands reach the loops in the map's order.
        legs.compute(
                leg,
                (_, former) -> {
                    if (former != null && former.home != home) {
                        former.home.submit((relay, now, out) -> relay.close(leg, now, out));
                    }
                    home.submit((relay, now, out) -> {
                        relay.open(leg, plan, negotiated, transport, now, out);
                        opened.live = true;
                    });
                    return opened;
                });
    }

    @Override
    public Negotiation reoffer(LegId leg, String offer) {
        OpenLeg open = legs.get(leg);
        if (open == null) {
            return new Negotiation.Refused("leg-unknown", "There is no such peer connection.");
        }
        synchronized (open) {
            LocalSide fresh = localSide();
            return settle(
                    leg,
                    open,
                    fresh,
                    SdpNegotiator.again(
                            offer, open.plan, open.negotiated(), open.answered(), fresh));
        }
    }

    @Override
    public Negotiation restart(LegId leg, String fragment) {
        OpenLeg open = legs.get(leg);
        if (open == null) {
            return new Negotiation.Refused("leg-unknown", "There is no such peer connection.");
        }
        synchronized (open) {
            LocalSide fresh = localSide();
            return settle(
                    leg, open, fresh, SdpNegotiator.restart(fragment, open.negotiated(), fresh));
        }
    }

    private static Negotiation settle(
            LegId leg, OpenLeg open, LocalSide fresh, SdpOutcome outcome) {
        return switch (outcome) {
            case SdpOutcome.Refused(String code, String detail) ->
                    new Negotiation.Refused(code, detail);
            case SdpOutcome.Agreed(var negotiated, String answer, boolean iceRestarted) -> {
                open.agreed(negotiated, iceRestarted ? fresh.ice() : open.answered());
                if (iceRestarted) {
                    open.home.submit((relay, now, out) -> {
                        open.transport.restartIce(fresh.ice(), negotiated.remoteIce());
                        relay.refresh(leg, now, out);
                    });
                }
                yield new Negotiation.Accepted(answer, iceRestarted);
            }
        };
    }

    @Override
    public boolean trickle(LegId leg, String fragment) {
        OpenLeg open = legs.get(leg);
        TrickleFragment parsed = TrickleFragment.parse(fragment);
        if (open == null || parsed == null) {
            return false;
        }
        synchronized (open) {
            IceCredentials remote = open.negotiated().remoteIce();
            return parsed.ufrag().isEmpty()
                    || parsed.ufrag().equals(remote.fragment())
                            && (parsed.password().isEmpty()
                                    || parsed.password().equals(remote.password()));
        }
    }

    @Override
    public void close(LegId leg) {
        legs.computeIfPresent(
                leg,
                (_, open) -> {
                    open.home.submit((relay, now, out) -> relay.close(leg, now, out));
                    return null;
                });
    }

    @Override
    public void attach(LegId leg, String mid, SourceId source) {
        onHome(leg, (relay, now, _) -> relay.attach(leg, mid, source, now));
    }

    @Override
    public void detach(LegId leg, String mid) {
        onHome(leg, (relay, now, _) -> relay.detach(leg, mid, now));
    }

    @Override
    public void openChannel(SourceId channel) {
        loops.everywhere((relay, _, _) -> relay.openChannel(channel));
    }

    @Override
    public void closeChannel(SourceId channel) {
        loops.everywhere((relay, _, _) -> relay.closeChannel(channel));
    }

    @Override
    public void giveFloor(SourceId channel, SourceId talker, long epoch) {
        loops.everywhere((relay, _, _) -> relay.giveFloor(channel, talker, epoch));
    }

    @Override
    public void clearFloor(SourceId channel, long epoch) {
        loops.everywhere((relay, _, _) -> relay.clearFloor(channel, epoch));
    }

    @Override
    public void requestKeyFrame(SourceId source) {
        loops.everywhere((relay, _, _) -> relay.requestKeyFrame(source));
    }

    @Override
    public CompletableFuture<LegStats> legStats(LegId leg) {
        OpenLeg open = legs.get(leg);
        List<MediaLoop> home = open == null ? List.of() : List.of(open.home);
        return firstOf(home, (relay, now) -> relay.legStats(leg, now));
    }

    @Override
    public CompletableFuture<SourceStats> sourceStats(SourceId source) {
        return firstOf(loops.all(), (relay, now) -> relay.sourceStats(source, now));
    }

    /// Asks the loops and answers with the first answer that is not null.
    private static <T> CompletableFuture<T> firstOf(
            List<MediaLoop> asked, BiFunction<LoopRelay, Long, @Nullable T> question) {
        var answer = new CompletableFuture<T>();
        var silent = new AtomicInteger(asked.size());
        if (asked.isEmpty()) {
            answer.completeExceptionally(new NoSuchElementException());
        }
        for (MediaLoop loop : asked) {
            loop.submit((relay, now, _) -> {
                T found = question.apply(relay, now);
                if (found != null) {
                    answer.complete(found);
                } else if (silent.decrementAndGet() == 0) {
                    answer.completeExceptionally(new NoSuchElementException());
                }
            });
        }
        return answer;
    }

    private void onHome(LegId leg, MediaLoop.Command command) {
        // Inside the map's step, so that a call after open() cannot overtake it.
        legs.computeIfPresent(
                leg,
                (_, open) -> {
                    open.home.submit(command);
                    return open;
                });
    }

    private LocalSide localSide() {
        return new LocalSide(
                IceCredentials.random(random),
                certificate.fingerprint(),
                loops.port().advertised(),
                random::nextInt);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        legs.clear();
        loops.close();
    }
}
