package org.maplebridge.media.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.dtls.DtlsHandshake;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.leg.LegTransport;
import org.maplebridge.media.link.Link;
import org.maplebridge.media.link.OwnEnd;
import org.maplebridge.media.record.FolderStore;
import org.maplebridge.media.record.SourceRecorder;
import org.maplebridge.media.record.VoiceRecorder;
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

    /// For close_notify to leave: peers that hear it know at once, others after seconds.
    private static final long GOODBYE_NANOS = 200_000_000;

    private final RelayConfig config;
    private final MultiThreadIoEventLoopGroup group;
    private final List<MediaLoop> loops;
    private final MediaPort port;
    private final LoopSenders senders;
    private final VoiceRecorder recorder;
    private final SourceRecorder sources;
    private final RelayMetrics metrics;
    private final DtlsCertificate certificate;
    private final SrtpCiphers ciphers;
    private final SecureRandom random;
    private final Map<LegId, OpenLeg> legs;
    private final OwnEnds ends = new OwnEnds();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RelayNode(
            RelayConfig config,
            MultiThreadIoEventLoopGroup group,
            List<MediaLoop> loops,
            MediaPort port,
            LoopSenders senders,
            VoiceRecorder recorder,
            SourceRecorder sources,
            SrtpCiphers ciphers,
            SecureRandom random,
            Map<LegId, OpenLeg> legs) {
        this.config = config;
        this.group = group;
        this.loops = List.copyOf(loops);
        this.port = port;
        this.senders = senders;
        this.recorder = recorder;
        this.sources = sources;
        this.metrics = new RelayMetrics(loops, senders, port.front().counters(), ciphers.name());
        this.certificate = DtlsCertificate.generate();
        this.ciphers = ciphers;
        this.random = random;
        this.legs = legs;
    }

    /// Binds the port and begins to serve.
    ///
    /// @throws IOException in words for the operator when the port cannot be had
    public static RelayNode start(RelayConfig config, RelayEvents events) throws IOException {
        SocketKind kind = SocketKind.best();
        int count = kind.loops(config.loops());
        MultiThreadIoEventLoopGroup group = kind.newGroup(count);
        var legs = new ConcurrentHashMap<LegId, OpenLeg>();
        var random = new SecureRandom();
        var recorder = new VoiceRecorder(events);
        try {
            var loops = new ArrayList<MediaLoop>();
            var executors = new ArrayList<EventLoop>();
            var directory = new LoopDirectory();
            for (int i = 0; i < count; i++) {
                EventLoop executor = group.next();
                var link = new LoopLink(i, loops, directory);
                executors.add(executor);
                loops.add(
                        new MediaLoop(
                                executor,
                                loop -> relay(loop, link, legs, events, recorder, random)));
            }
            MediaPort port =
                    MediaPort.open(
                            config,
                            kind,
                            executors,
                            (loop, socket) -> new BurstReader(loops.get(loop), socket));
            LoopSenders senders = LoopSenders.open(config, kind, port, loops);
            var node =
                    new RelayNode(
                            config,
                            group,
                            loops,
                            port,
                            senders,
                            recorder,
                            sourceRecorder(events, loops).start(),
                            SrtpCiphers.best(),
                            random,
                            legs);
            recorder.start();
            DtlsHandshake.warmUp();
            LOG.info(
                    "media on UDP {} of {}: {} loop(s) on {}, sending by {}, SRTP by {}",
                    port.number(),
                    port.bound().stream().map(a -> a.getAddress().getHostAddress()).toList(),
                    count,
                    kind,
                    senders.name(),
                    node.ciphers.name());
            return node;
        } catch (IOException | RuntimeException e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static SourceRecorder sourceRecorder(RelayEvents events, List<MediaLoop> loops) {
        return new SourceRecorder(
                new FolderStore(),
                events,
                tap -> loops.forEach(l -> l.submit((relay, _, _) -> relay.stopRecording(tap))));
    }

    private static LoopRelay relay(
            MediaLoop loop,
            LoopLink link,
            Map<LegId, OpenLeg> legs,
            RelayEvents events,
            VoiceRecorder recorder,
            SecureRandom random) {
        long ntpOffset = System.currentTimeMillis() * NANOS_PER_MILLI - System.nanoTime();
        return new LoopRelay(
                link, new LostLegs(loop, legs, events), recorder, random::nextInt, ntpOffset);
    }

    /// The UDP port, chosen by the system when the configuration said 0.
    public int port() {
        return port.number();
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
        MediaLoop home = homeOf(plan.affinity());
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
        var opened = new OpenSession(home, plan, transport, negotiated, ice);
        begin(
                leg,
                opened,
                (relay, now, out) ->
                        relay.open(leg, plan, negotiated.media(), transport, now, out));
    }

    /// In one step with what it replaces, so that commands reach the loops in the map's order.
    private void begin(LegId leg, OpenLeg opened, MediaLoop.Command open) {
        legs.compute(
                leg,
                (_, former) -> {
                    if (former != null && former.home != opened.home) {
                        former.home.submit((relay, now, out) -> relay.close(leg, now, out));
                    }
                    opened.home.submit((relay, now, out) -> {
                        open.run(relay, now, out);
                        opened.live = true;
                    });
                    return opened;
                });
    }

    @Override
    public LinkEnd linkEnd() {
        return ends.make(port.advertised(), random);
    }

    @Override
    public boolean openLink(
            LegId link, LinkEnd ours, LinkEnd theirs, byte[] clusterSecret, LinkPlan plan) {
        OwnEnd own = ends.find(ours);
        Link agreed =
                own == null
                        ? null
                        : Link.agree(
                                own,
                                theirs,
                                clusterSecret,
                                plan,
                                port.bound(),
                                ciphers,
                                random,
                                System.nanoTime());
        if (agreed == null) {
            return false;
        }
        ends.remove(ours);
        begin(
                link,
                new OpenLeg(homeOf(plan.affinity())),
                (relay, now, out) ->
                        relay.open(
                                link,
                                Link.legPlan(plan),
                                agreed.media(),
                                agreed.transport(),
                                now,
                                out));
        return true;
    }

    @Override
    public Negotiation reoffer(LegId leg, String offer) {
        if (!(legs.get(leg) instanceof OpenSession open)) {
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
        if (!(legs.get(leg) instanceof OpenSession open)) {
            return new Negotiation.Refused("leg-unknown", "There is no such peer connection.");
        }
        synchronized (open) {
            LocalSide fresh = localSide();
            return settle(
                    leg, open, fresh, SdpNegotiator.restart(fragment, open.negotiated(), fresh));
        }
    }

    private static Negotiation settle(
            LegId leg, OpenSession open, LocalSide fresh, SdpOutcome outcome) {
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
        TrickleFragment parsed = TrickleFragment.parse(fragment);
        if (parsed == null || !(legs.get(leg) instanceof OpenSession open)) {
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
    public void prefer(LegId leg, String mid, int width) {
        onHome(leg, (relay, _, _) -> relay.prefer(leg, mid, width));
    }

    @Override
    public void limitPictures(PictureLimit limit) {
        everywhere((relay, _, _) -> relay.limitPictures(limit));
    }

    @Override
    public void attachSince(LegId leg, String mid, SourceId source, long sinceNanos) {
        onHome(leg, (relay, now, out) -> relay.attachSince(leg, mid, source, sinceNanos, now, out));
    }

    @Override
    public void detach(LegId leg, String mid) {
        onHome(leg, (relay, now, _) -> relay.detach(leg, mid, now));
    }

    @Override
    public void openChannel(SourceId channel) {
        everywhere((relay, _, _) -> relay.openChannel(channel));
    }

    @Override
    public void closeChannel(SourceId channel) {
        everywhere((relay, _, _) -> relay.closeChannel(channel));
    }

    @Override
    public void giveFloor(SourceId channel, SourceId talker, long epoch, long sinceNanos) {
        everywhere(
                (relay, now, out) -> relay.giveFloor(channel, talker, epoch, sinceNanos, now, out));
    }

    @Override
    public void finishFloor(SourceId channel, long epoch) {
        everywhere((relay, now, out) -> relay.finishFloor(channel, epoch, now, out));
    }

    @Override
    public void clearFloor(SourceId channel, long epoch) {
        everywhere((relay, _, _) -> relay.clearFloor(channel, epoch));
    }

    @Override
    public void record(SourceId channel, long epoch, Path file) {
        loops.getFirst().submit((relay, now, out) -> relay.record(channel, epoch, file, now, out));
    }

    @Override
    public void startRecording(RecordingId recording, SourceId source, RecordingPlan plan) {
        sources.begin(
                recording,
                source,
                plan,
                loops.size(),
                tap -> everywhere((relay, now, _) -> relay.startRecording(tap, now)));
    }

    @Override
    public void stopRecording(RecordingId recording) {
        sources.stop(
                recording,
                tap ->
                        everywhere((relay, _, _) -> {
                            relay.stopRecording(tap);
                            sources.leave(tap);
                        }));
    }

    @Override
    public void requestKeyFrame(SourceId source) {
        everywhere((relay, _, _) -> relay.requestKeyFrame(source));
    }

    @Override
    public CompletableFuture<LegStats> legStats(LegId leg) {
        OpenLeg open = legs.get(leg);
        List<MediaLoop> home = open == null ? List.of() : List.of(open.home);
        return MediaLoop.firstOf(home, (relay, now) -> relay.legStats(leg, now))
                .thenApply(port.front()::named);
    }

    @Override
    public CompletableFuture<SourceStats> sourceStats(SourceId source) {
        return MediaLoop.firstOf(loops, (relay, now) -> relay.sourceStats(source, now));
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

    private void everywhere(MediaLoop.Command command) {
        loops.forEach(loop -> loop.submit(command));
    }

    private MediaLoop homeOf(String affinity) {
        int scattered = affinity.hashCode() * 0x9e37_79b1 >>> 16;
        return loops.get(scattered % loops.size());
    }

    private LocalSide localSide() {
        return new LocalSide(
                IceCredentials.random(random),
                certificate.fingerprint(),
                port.advertised(),
                port.advertisedByTcp(),
                random::nextInt);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        legs.clear();
        loops.forEach(MediaLoop::closeAll);
        LockSupport.parkNanos(GOODBYE_NANOS);
        loops.forEach(MediaLoop::stop);
        recorder.close();
        sources.close();
        port.close();
        senders.close();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
    }
}
