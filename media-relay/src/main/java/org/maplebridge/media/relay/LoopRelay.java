package org.maplebridge.media.relay;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.leg.InboundSection;
import org.maplebridge.media.leg.Leg;
import org.maplebridge.media.leg.NtpClock;
import org.maplebridge.media.leg.PeerTransport;
import org.maplebridge.media.leg.TransportEvent;
import org.maplebridge.media.record.SourceTap;
import org.maplebridge.media.record.TalkRecorder;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.stun.StunAddressee;
import org.maplebridge.media.wire.Addresses;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PacketKind;
import org.maplebridge.media.wire.PeerPath;

/// All legs and lines of one media loop: takes datagrams, and hands on what they bring.
///
/// Thread: its media loop, all of it.
public final class LoopRelay {
    private final RelayEvents events;
    private final IntSupplier randomInts;
    private final NtpClock ntp;
    private final LoopPort port;
    private final PacketCounters counters = new PacketCounters();
    private final FanOut fanOut = new FanOut(counters);
    private final LegTable legs;
    private final LineTable lines;
    private final Floors floors;
    private final RateWishes wishes;
    private final LoopTasks tasks;
    private final Deliveries deliveries;
    private final Layers layers;
    private final LoopHost host;
    private final SourceTaps taps;

    /// @param port the way to the node's other loops
    /// @param recorder takes the talks to be recorded; asked on the first loop only
    /// @param ntpOffsetNanos what to add to `nowNanos` to get nanoseconds since 1970
    public LoopRelay(
            LoopPort port,
            RelayEvents events,
            TalkRecorder recorder,
            IntSupplier randomInts,
            long ntpOffsetNanos) {
        this.port = port;
        this.events = events;
        this.randomInts = randomInts;
        this.ntp = new NtpClock(ntpOffsetNanos);
        this.legs = new LegTable(port);
        this.lines = new LineTable(fanOut, counters, port);
        this.floors = new Floors(lines, fanOut, counters, port, events, recorder);
        this.wishes = new RateWishes(lines, port);
        this.tasks = new LoopTasks(legs, counters, floors);
        this.deliveries = new Deliveries(events);
        var recorded = new RecordedLayers(lines, tasks);
        this.layers = new Layers(lines, tasks, events, recorded);
        this.host = new LoopHost(lines, tasks, wishes, layers, counters);
        this.taps = new SourceTaps(lines, fanOut, tasks, recorded);
    }

    /// Takes one datagram of a read burst; it may be overwritten in place and is free afterwards.
    ///
    /// The journey's steps stand under each other; what goes no further is counted where it stops.
    public void onDatagram(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        // 1 receive
        counters.received();
        // 2 classify
        PacketKind kind = PacketKind.of(data, offset, length);
        // 3 find the leg
        Leg leg = find(kind, from, data, offset, length);
        if (leg == null) {
            if (kind == PacketKind.UNKNOWN || !port.handOver(from, data, offset, length)) {
                counters.dropped(reasonUnclaimed(kind));
            }
            return;
        }
        PeerTransport transport = leg.transport();
        int result =
                switch (kind) {
                    case STUN -> transport.onStun(from, data, offset, length, nowNanos, out);
                    case DTLS -> transport.onDtls(from, data, offset, length, nowNanos);
                    // 4 unprotect
                    case RTP -> transport.unprotectRtp(from, data, offset, length, nowNanos);
                    case RTCP -> transport.unprotectRtcp(from, data, offset, length, nowNanos);
                    case UNKNOWN -> DropReason.UNKNOWN_KIND.code();
                };
        if (result >= 0) {
            switch (kind) {
                // 5 account
                case RTP -> result = leg.onRtp(data, offset, result, nowNanos);
                case RTCP -> result = leg.onRtcp(data, offset, result, nowNanos, out);
                case STUN, DTLS, UNKNOWN -> checked(leg, nowNanos);
            }
        }
        counters.note(result);
        if (kind == PacketKind.RTP) {
            // 6 route
            route(leg, result, nowNanos, out);
        }
        // 7 rewrite and protect, 8 send: all of a burst's packets together, in onBurstEnd
    }

    private @Nullable Leg find(
            PacketKind kind, PeerPath from, byte[] data, int offset, int length) {
        return kind == PacketKind.STUN
                ? legs.byFragment(StunAddressee.of(data, offset, length))
                : legs.byPath(from);
    }

    private static DropReason reasonUnclaimed(PacketKind kind) {
        return switch (kind) {
            case STUN -> DropReason.STUN_UNKNOWN_USER;
            case UNKNOWN -> DropReason.UNKNOWN_KIND;
            case DTLS, RTP, RTCP -> DropReason.UNKNOWN_SENDER;
        };
    }

    private void route(Leg leg, int result, long nowNanos, OutboundBatch out) {
        InboundSection section = leg.touchedSection();
        Source source = section == null ? null : section.source();
        if (section == null || source == null) {
            return;
        }
        if (source.needsCare()) {
            tasks.care(leg);
        }
        if (result < 0) {
            return;
        }
        switch (source.heard(nowNanos)) {
            case STARTED -> events.on(new RelayEvent.SourceStarted(leg.id(), section.sourceId()));
            case GOES_ON -> events.on(new RelayEvent.SourceActive(section.sourceId()));
            case NONE, STALLED -> {}
        }
        if (section.fanOut(fanOut)) {
            onBurstEnd(nowNanos, out);
        }
    }

    /// Takes what another loop posted.
    public void onMessage(LoopMessage message, long nowNanos) {
        switch (message) {
            case LineBurst burst -> {
                Line line = lines.unload(burst);
                if (line != null) {
                    beginSlots(line, nowNanos);
                }
            }
            case LoopMessage.Audience(SourceId source, int loop, int viewers) -> {
                tasks.care(lines.audienceElsewhere(source, loop, viewers, nowNanos));
            }
            case LoopMessage.TalkWanted wanted ->
                    tasks.care(lines.talkWantedElsewhere(wanted, nowNanos));
            case LoopMessage.TalkerAbsent absent -> floors.absentElsewhere(absent);
            case LoopMessage.TalkEnded ended -> floors.endedElsewhere(ended);
            case LoopMessage.KeyFrameWanted wanted ->
                    tasks.care(lines.keyFrameWantedElsewhere(wanted, nowNanos));
            case LoopMessage.Layered layered -> layers.publishedElsewhere(layered);
            case LoopMessage.RateWanted wanted ->
                    tasks.care(wishes.wishElsewhere(wanted, nowNanos));
        }
    }

    private void beginSlots(Line line, long nowNanos) {
        for (int i = 0; i < line.slotCount(); i++) {
            serve(line.slot(i), line.slot(i).begin(nowNanos), nowNanos);
        }
    }

    /// Fans out what the burst brought. Flush `out` afterwards.
    public void onBurstEnd(long nowNanos, OutboundBatch out) {
        if (fanOut.lineCount() == 0) {
            return;
        }
        taps.take(nowNanos);
        lines.spread(floors);
        layers.look(fanOut, nowNanos);
        fanOut.run(nowNanos, out, deliveries.begin(out, nowNanos));
        tasks.pace(nowNanos, out, deliveries);
        deliveries.end();
    }

    /// Does what time asks for. Flush `out` afterwards.
    ///
    /// @return nanoseconds after which it wants to be called again: 5 ms while somebody catches up
    ///   or something is being repaired, more when idle
    public long tick(long nowNanos, OutboundBatch out) {
        onBurstEnd(nowNanos, out);
        tasks.pace(nowNanos, out, deliveries.begin(out, nowNanos));
        deliveries.end();
        tasks.catchUp(nowNanos, out, deliveries::tellStart);
        tasks.finish(nowNanos);
        tasks.ask(nowNanos, out);
        tasks.sweep(nowNanos, leg -> sweep(leg, nowNanos, out));
        return pauseNanos();
    }

    /// What [#tick] would answer now: less than it did when a burst or a command left work.
    public long pauseNanos() {
        return tasks.pauseNanos();
    }

    private void sweep(Leg leg, long nowNanos, OutboundBatch out) {
        leg.transport().tick(nowNanos, out);
        serveTransport(leg, nowNanos);
        leg.look(nowNanos);
        leg.report(nowNanos, out);
        layers.look(leg, nowNanos);
        for (int i = 0; i < leg.published().size(); i++) {
            InboundSection section = leg.published().get(i);
            Source source = section.source();
            if (source != null && source.packets() > 0) {
                switch (source.look(nowNanos)) {
                    case STALLED -> events.on(new RelayEvent.SourceStalled(section.sourceId()));
                    case NONE, STARTED, GOES_ON -> {}
                }
            }
        }
    }

    /// After a check or a change of credentials: paths and user name fragments may be others now.
    private void checked(Leg leg, long nowNanos) {
        serveTransport(leg, nowNanos);
        if (legs.byId(leg.id()) == leg) {
            legs.listFragments(leg);
        }
    }

    private void serveTransport(Leg leg, long nowNanos) {
        TransportEvent event = leg.transport().pollEvent();
        while (event != null) {
            switch (event) {
                case TransportEvent.PathProved(PeerPath path) -> {
                    if (leg.listedPaths().isEmpty()) {
                        events.on(new RelayEvent.LegReached(leg.id()));
                    }
                    legs.addPath(path, leg);
                }
                case TransportEvent.PathForgotten(PeerPath path) -> legs.removePath(path, leg);
                case TransportEvent.Connected(PeerPath path) -> {
                    events.on(new RelayEvent.LegConnected(leg.id(), text(path)));
                    leg.begin(nowNanos);
                }
                case TransportEvent.Moved(PeerPath path) -> {
                    leg.moved();
                    events.on(new RelayEvent.LegMoved(leg.id(), text(path)));
                }
                case TransportEvent.Lost(String cause) -> {
                    remove(leg);
                    events.on(new RelayEvent.LegLost(leg.id(), cause));
                    return;
                }
            }
            event = leg.transport().pollEvent();
        }
    }

    private static String text(PeerPath path) {
        return Addresses.text(path.remote());
    }

    /// Opens a leg with the sections agreed on; an id already open is closed first.
    public void open(
            LegId id,
            LegPlan plan,
            List<NegotiatedMedia> media,
            PeerTransport transport,
            long nowNanos,
            OutboundBatch out) {
        close(id, nowNanos, out);
        var leg = new Leg(id, plan, media, transport, host, ntp, randomInts);
        legs.add(leg);
        for (InboundSection section : leg.published()) {
            lines.publish(section, leg, false);
        }
        layers.published(leg, nowNanos);
        checked(leg, nowNanos);
    }

    /// Looks what changed in a leg's transport: after its ICE credentials were replaced, and after
    /// every task run through [org.maplebridge.media.leg.HomeLoop].
    public void refresh(LegId id, long nowNanos, OutboundBatch out) {
        Leg leg = legs.byId(id);
        if (leg != null) {
            checked(leg, nowNanos);
        }
    }

    public void close(LegId id, long nowNanos, OutboundBatch out) {
        Leg leg = legs.byId(id);
        if (leg != null) {
            onBurstEnd(nowNanos, out);
            leg.transport().close();
            remove(leg);
        }
    }

    private void remove(Leg leg) {
        legs.remove(leg);
        tasks.forget(leg);
        layers.unpublished(leg);
        leg.end();
        for (Slot slot : leg.slots()) {
            lines.detach(slot);
        }
        for (InboundSection section : leg.published()) {
            Source source = section.source();
            if (lines.unpublish(section) && source != null) {
                floors.gone(section.sourceId());
                switch (source.end()) {
                    case STALLED -> events.on(new RelayEvent.SourceStalled(section.sourceId()));
                    case NONE, STARTED, GOES_ON -> {}
                }
            }
        }
    }

    public void attach(LegId id, String mid, SourceId source, long nowNanos) {
        Leg leg = legs.byId(id);
        Slot slot = leg == null ? null : leg.slot(mid);
        if (leg != null && slot != null) {
            SourceId line = leg.show(slot, source, nowNanos);
            serve(slot, lines.attach(slot, line, nowNanos), nowNanos);
        }
    }

    public void limitPictures(PictureLimit limit) {
        host.limitPictures(limit);
    }

    /// The tile that shows a slot has so many device pixels across.
    public void prefer(LegId id, String mid, int width) {
        Leg leg = legs.byId(id);
        if (leg != null && leg.slot(mid) != null) {
            leg.prefer(mid, width);
        }
    }

    public void attachSince(
            LegId id,
            String mid,
            SourceId source,
            long sinceNanos,
            long nowNanos,
            OutboundBatch out) {
        onBurstEnd(nowNanos, out);
        Leg leg = legs.byId(id);
        Slot slot = leg == null ? null : leg.slot(mid);
        if (leg != null && slot != null) {
            SourceId line = leg.show(slot, source, nowNanos);
            if (!line.equals(source)) {
                leg.hide(slot); // another layer would begin with a picture from before
            }
            boolean wants = lines.attachSince(slot, source, sinceNanos, nowNanos, out);
            serve(slot, wants, nowNanos); // since then there may have been a key frame
        }
    }

    /// @param wantsKeyFrame what the slot's last call answered
    private void serve(Slot slot, boolean wantsKeyFrame, long nowNanos) {
        if (wantsKeyFrame) {
            host.keyFrameWanted(slot, nowNanos);
        }
        if (slot.catchingUp()) {
            host.catchingUp(slot);
        }
    }

    public void detach(LegId id, String mid, long nowNanos) {
        Leg leg = legs.byId(id);
        Slot slot = leg == null ? null : leg.slot(mid);
        if (leg != null && slot != null) {
            leg.hide(slot);
            lines.detach(slot);
        }
    }

    /// To be called on every loop, as the three that follow.
    public void openChannel(SourceId channel) {
        floors.open(channel);
    }

    public void closeChannel(SourceId channel) {
        floors.close(channel);
    }

    /// @param sinceNanos see [org.maplebridge.media.api.MediaRelay#giveFloor]; of the same clock as
    ///   `nowNanos`
    public void giveFloor(
            SourceId channel,
            SourceId talker,
            long epoch,
            long sinceNanos,
            long nowNanos,
            OutboundBatch out) {
        onBurstEnd(nowNanos, out);
        floors.give(channel, talker, epoch, sinceNanos, nowNanos);
        onBurstEnd(nowNanos, out);
    }

    public void finishFloor(SourceId channel, long epoch, long nowNanos, OutboundBatch out) {
        onBurstEnd(nowNanos, out);
        floors.finish(channel, epoch, nowNanos);
    }

    public void clearFloor(SourceId channel, long epoch) {
        floors.clear(channel, epoch);
    }

    /// To be called on the first loop, where every channel is.
    public void record(SourceId channel, long epoch, Path file, long nowNanos, OutboundBatch out) {
        onBurstEnd(nowNanos, out);
        floors.record(channel, epoch, file, nowNanos);
        onBurstEnd(nowNanos, out);
    }

    /// To be called on every loop: the one that has the source hands over what it sends.
    public void startRecording(SourceTap tap, long nowNanos) {
        taps.add(tap, nowNanos);
    }

    public void stopRecording(SourceTap tap) {
        taps.remove(tap);
    }

    /// To be called on every loop: the one that has the source asks its publisher.
    public void requestKeyFrame(SourceId source) {
        LineEntry entry = lines.find(source);
        Source published = entry == null ? null : entry.source();
        if (entry != null && published != null) {
            published.wantKeyFrame();
            tasks.care(entry.publisher());
        }
    }

    public @Nullable LegStats legStats(LegId id, long nowNanos) {
        Leg leg = legs.byId(id);
        return leg == null ? null : leg.stats();
    }

    /// Null when the source is not published on this loop.
    public @Nullable SourceStats sourceStats(SourceId id, long nowNanos) {
        LineEntry entry = lines.find(id);
        Source source = entry == null ? null : entry.source();
        return entry == null || source == null
                ? null
                : Statistics.of(source, entry.viewersEverywhere(), nowNanos);
    }

    public int legs() {
        return legs.size();
    }

    /// Sources and channels that are published, listened to or open here.
    public int lines() {
        return lines.size();
    }

    /// Packets that rings of this or other loops keep: 0 once everybody left.
    public long packetsKept() {
        return lines.pool().kept();
    }

    public PacketCounters counters() {
        return counters;
    }

    /// Closes all legs.
    public void closeAll(long nowNanos, OutboundBatch out) {
        for (Leg leg : legs.snapshot()) {
            close(leg.id(), nowNanos, out);
        }
    }
}
