package org.maplebridge.media.relay;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Channel;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.MediaPacket;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.PacketPool;
import org.maplebridge.media.forward.PreRoll;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.leg.InboundSection;
import org.maplebridge.media.leg.Leg;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;

/// The sources and channels of one loop, who publishes them, and which other loops listen.
///
/// Thread: its media loop.
final class LineTable {
    /// The home loop repeats a request by itself; this only keeps the mailbox quiet.
    static final long ASK_ELSEWHERE_NANOS = 200_000_000L;

    private final Map<SourceId, LineEntry> entries = new HashMap<>();
    private final PacketPool pool = new PacketPool();
    private final FanOut fanOut;
    private final PacketCounters counters;
    private final LoopPort port;

    LineTable(FanOut fanOut, PacketCounters counters, LoopPort port) {
        this.fanOut = fanOut;
        this.counters = counters;
        this.port = port;
    }

    @Nullable LineEntry find(SourceId id) {
        return entries.get(id);
    }

    LineEntry entry(SourceId id) {
        return entries.computeIfAbsent(id, name -> new LineEntry(name, pool, port.loops()));
    }

    void forgetIfUnused(LineEntry entry) {
        if (entry.unused()) {
            entry.line().clear();
            entries.remove(entry.id());
        }
    }

    /// Makes a section the source's publisher. Whoever was it before is cut off for good: two at
    /// once would tear the stream apart.
    ///
    /// @param force false when an earlier publisher may stay until the new one really sends
    void publish(InboundSection section, Leg leg, boolean force) {
        LineEntry entry = entry(section.lineId());
        InboundSection before = entry.section();
        if (before != null && !force) {
            return;
        }
        if (before != null) {
            before.displace();
        }
        var source =
                new Source(
                        entry.line(),
                        section.kind(),
                        section.clockRate(),
                        section.answersNack(),
                        section.activity(),
                        section.keyFrameRequests());
        section.feed(source);
        entry.publish(source, leg, section);
        tellTalkers(entry);
    }

    /// @return whether it was the source's publisher until now
    boolean unpublish(InboundSection section) {
        LineEntry entry = entries.get(section.lineId());
        if (entry == null || entry.section() != section) {
            return false;
        }
        entry.unpublish();
        tellTalkers(entry);
        forgetIfUnused(entry);
        return true;
    }

    private static void tellTalkers(LineEntry entry) {
        for (Channel channel : entry.held()) {
            channel.line().setTalker(entry.publisher());
        }
    }

    /// @return whether the publisher must be asked for a key frame
    boolean attach(Slot slot, SourceId source, long nowNanos) {
        Line before = slot.line();
        LineEntry entry = entry(source);
        boolean firstHere = entry.viewersHere() == 0 && entry.source() == null;
        // The home loop answers the first viewer's arrival with its cache, or asks by itself.
        boolean wants =
                slot.attach(entry.line(), nowNanos - Line.FRESH_NANOS, nowNanos) && !firstHere;
        if (before != null && before != entry.line()) {
            left(before);
        }
        tellAudience(entry);
        return wants;
    }

    /// As [#attach], of a source of which nothing from before `sinceNanos` is sent, and a voice's
    /// words since then first. Nothing may wait to be fanned out, or it would leave twice.
    ///
    /// @return whether the publisher must be asked for a key frame
    boolean attachSince(
            Slot slot, SourceId source, long sinceNanos, long nowNanos, OutboundBatch out) {
        Line before = slot.line();
        LineEntry entry = entry(source);
        if (before == entry.line()) {
            return false;
        }
        boolean wants = slot.attach(entry.line(), Math.min(sinceNanos, nowNanos), nowNanos);
        if (before != null) {
            left(before);
        }
        for (MediaPacket packet : PreRoll.of(entry.line(), sinceNanos, nowNanos)) {
            int result = slot.forward(packet, nowNanos, out);
            counters.note(result);
            counters.forwarded(Math.max(0, result));
        }
        tellListeners(entry, sinceNanos);
        return wants;
    }

    void detach(Slot slot) {
        Line before = slot.line();
        slot.detach();
        if (before != null) {
            left(before);
        }
    }

    private void left(Line line) {
        LineEntry entry = entries.get(line.id());
        if (entry != null) {
            tellAudience(entry);
            forgetIfUnused(entry);
        }
    }

    /// Lets the other loops know whether this one wants the source's packets.
    void tellAudience(LineEntry entry) {
        Channel channel = entry.channel();
        Line holder = channel == null ? null : channel.holder();
        LineEntry fedBy = holder == null ? null : entries.get(holder.id());
        if (fedBy != null && fedBy != entry) {
            tellAudience(fedBy);
        }
        int viewers = entry.viewersHere();
        if (entry.tell(viewers)) {
            postToOthers(new LoopMessage.Audience(entry.id(), port.self(), viewers));
        }
    }

    /// As [#tellAudience], of a talker whose words since `sinceNanos` are still to be heard here.
    void tellListeners(LineEntry talker, long sinceNanos) {
        int viewers = talker.viewersHere();
        boolean changed = talker.tell(viewers);
        if (viewers > 0 && talker.source() == null) {
            postToOthers(new LoopMessage.TalkWanted(talker.id(), port.self(), viewers, sinceNanos));
        } else if (changed) {
            postToOthers(new LoopMessage.Audience(talker.id(), port.self(), viewers));
        }
    }

    void postToOthers(LoopMessage message) {
        for (int loop = 0; loop < port.loops(); loop++) {
            if (loop != port.self()) {
                port.post(loop, message);
            }
        }
    }

    /// Notes how many listen on another loop; a loop's first ones get the cached key frame.
    ///
    /// @return the publisher's leg when it must be asked for a key frame
    @Nullable Leg audienceElsewhere(SourceId id, int loop, int viewers, long nowNanos) {
        LineEntry entry = entry(id);
        boolean first = entry.viewersOn(loop) == 0 && viewers > 0;
        entry.setViewersElsewhere(loop, viewers);
        forgetIfUnused(entry);
        return first ? beginElsewhere(entry, loop, nowNanos) : null;
    }

    /// As [#audienceElsewhere], and sends what the talker said since `sinceNanos` ahead.
    @Nullable Leg talkWantedElsewhere(LoopMessage.TalkWanted wanted, long nowNanos) {
        Leg publisher =
                audienceElsewhere(wanted.source(), wanted.loop(), wanted.viewers(), nowNanos);
        LineEntry entry = entries.get(wanted.source());
        MediaKind kind = entry == null ? null : entry.line().kind();
        if (entry != null && entry.source() != null && kind == MediaKind.AUDIO) {
            port.post(
                    wanted.loop(),
                    LineBurst.ofPreRoll(
                            entry.id(),
                            entry.line(),
                            kind,
                            port.self(),
                            wanted.sinceNanos(),
                            nowNanos));
        }
        return publisher;
    }

    private @Nullable Leg beginElsewhere(LineEntry entry, int loop, long nowNanos) {
        Source source = entry.source();
        MediaKind kind = entry.line().kind();
        if (source == null || kind != MediaKind.VIDEO) {
            return null;
        }
        if (!entry.line().fresh(nowNanos)) {
            source.wantKeyFrame();
            return entry.publisher();
        }
        port.post(loop, LineBurst.ofCache(entry.id(), entry.line(), kind, port.self()));
        return null;
    }

    /// @return the publisher's leg when it must be asked for a key frame
    @Nullable Leg keyFrameWantedElsewhere(LoopMessage.KeyFrameWanted wanted, long nowNanos) {
        LineEntry entry = entries.get(wanted.source());
        Source source = entry == null ? null : entry.source();
        if (entry == null || source == null) {
            return null;
        }
        if (wanted.cacheHelps()) {
            return beginElsewhere(entry, wanted.loop(), nowNanos);
        }
        source.wantKeyFrame();
        return entry.publisher();
    }

    /// Has the source's publisher asked, on whichever loop it is.
    ///
    /// @return the publisher's leg when it is here
    @Nullable Leg wantKeyFrame(Line line, boolean cacheHelps, long nowNanos) {
        LineEntry entry = entries.get(line.id());
        if (entry == null) {
            return null;
        }
        Channel channel = entry.channel();
        Line holder = channel == null ? null : channel.holder();
        if (holder != null && holder != line) {
            return wantKeyFrame(holder, cacheHelps, nowNanos);
        }
        Source source = entry.source();
        if (source != null) {
            source.wantKeyFrame();
            return entry.publisher();
        }
        if (port.loops() > 1 && entry.askElsewhere(nowNanos, ASK_ELSEWHERE_NANOS)) {
            postToOthers(new LoopMessage.KeyFrameWanted(entry.id(), port.self(), cacheHelps));
        }
        return null;
    }

    /// Takes another loop's burst; dropped when nobody here wants it any more.
    ///
    /// @return the line whose slots can begin from the cache that came, or null
    @Nullable Line unload(LineBurst burst) {
        LineEntry entry = entries.get(burst.source());
        if (entry == null || entry.source() != null) {
            burst.discard(pool);
            return null;
        }
        Line line = entry.line();
        burst.unload(line, pool);
        if (line.burstCount() > 0) {
            fanOut.add(line);
        }
        return burst.cached() ? line : null;
    }

    /// Takes the burst's packets on to the other loops and into the channels their senders hold.
    ///
    /// @param floors knows who holds which
    void spread(Floors floors) {
        for (int i = 0; i < fanOut.lineCount(); i++) {
            Line line = fanOut.line(i);
            LineEntry entry = entries.get(line.id());
            if (entry == null) {
                continue;
            }
            MediaKind kind = line.kind();
            if (entry.source() != null && kind != null && entry.hasViewersElsewhere()) {
                handOver(entry, kind);
            }
            if (entry.lostTheFloor()) {
                counters.dropped(DropReason.NO_FLOOR, line.burstCount());
            }
            floors.speak(entry);
        }
    }

    private void handOver(LineEntry entry, MediaKind kind) {
        int readers = entry.loopsWithViewers();
        var burst = LineBurst.ofBurst(entry.id(), entry.line(), kind, port.self(), readers);
        for (int loop = 0; loop < port.loops(); loop++) {
            if (entry.viewersOn(loop) > 0) {
                port.post(loop, burst);
            }
        }
    }

    int size() {
        return entries.size();
    }

    PacketPool pool() {
        return pool;
    }
}
