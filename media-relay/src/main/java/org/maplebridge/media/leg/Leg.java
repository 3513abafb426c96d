package org.maplebridge.media.leg;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.congestion.ArrivalLog;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.forward.SlotExit;
import org.maplebridge.media.rtp.RtpExtensions;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedCodec;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.wire.Addresses;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// One peer: the way to it, what it publishes, and what it is shown and played.
///
/// Thread: its media loop.
public final class Leg implements SlotExit {
    private final LegId id;
    private final PeerTransport transport;
    private final LegHost host;
    private final LegStreams streams;
    private final FanOut.Peer pending = new FanOut.Peer();
    private final PublisherClock publisherClock = new PublisherClock();
    private final RtcpInbox inbox;
    private final RtcpOutbox outbox;
    private final int midId;
    private final int transportWideId;
    private final @Nullable Downlink downlink;
    private final @Nullable PictureGate gate;
    private final DoubledVoices doubled;
    private final LayerPicker layers;

    /// Null unless the peer is another node.
    private final @Nullable StreamLimits limits;

    private final List<PeerPath> listedPaths = new ArrayList<>(2);
    private List<String> fragments = List.of();
    private long roundTripNanos = -1;
    private boolean inCare;
    private @Nullable ArrivalLog arrivals;
    private @Nullable Line touched;
    private @Nullable InboundSection touchedSection;

    public Leg(
            LegId id,
            LegPlan plan,
            List<NegotiatedMedia> media,
            PeerTransport transport,
            LegHost host,
            NtpClock ntp,
            IntSupplier randomInts) {
        this.id = id;
        this.transport = transport;
        this.host = host;
        boolean shown = media.stream().anyMatch(Leg::showsPicture);
        boolean limited = media.stream().anyMatch(Leg::isLimited);
        this.downlink = shown ? downlink(limited) : null;
        var published = new ArrayList<InboundSection>();
        var slots = new ArrayList<Slot>();
        var typesOf = new HashMap<List<NegotiatedCodec>, PayloadTypes>(); // most have the same
        int mids = 0;
        int transportWide = 0;
        int ownSsrc = 0;
        byte[] cname = {};
        for (NegotiatedMedia section : media) {
            SourceId source = plan.publishes().get(section.mid());
            boolean speaks = !section.codecs().isEmpty();
            if (speaks && section.peerSends() && source != null) {
                var types = typesOf.computeIfAbsent(section.codecs(), PayloadTypes::new);
                published.addAll(InboundSection.of(section, types, source));
                mids = mids == 0 ? section.extensions().mid() : mids;
                int ours = section.extensions().transportWide();
                transportWide = transportWide == 0 ? ours : transportWide;
            }
            if (speaks && section.peerReceives()) {
                slots.add(new Slot(section, this, randomInts, plan.redundancy()));
                ownSsrc = ownSsrc == 0 ? section.localSsrc() : ownSsrc;
                cname = section.cname().getBytes(StandardCharsets.UTF_8);
            }
        }
        this.midId = mids;
        this.transportWideId = transportWide;
        this.streams = new LegStreams(published, slots);
        this.layers = new LayerPicker(this, host.layers());
        this.gate =
                downlink == null
                        ? null
                        : new PictureGate(
                                this, slotsOf(MediaKind.VIDEO, slots), host, downlink, layers);
        this.doubled = new DoubledVoices(limited ? List.of() : slotsOf(MediaKind.AUDIO, slots));
        this.limits = limited ? new StreamLimits(host, layers) : null;
        this.inbox = new RtcpInbox(this, host, ntp);
        this.outbox = new RtcpOutbox(this, ntp, ownSsrc == 0 ? 1 : ownSsrc, cname);
    }

    private static List<Slot> slotsOf(MediaKind kind, List<Slot> slots) {
        return slots.stream().filter(slot -> slot.kind() == kind).toList();
    }

    private static Downlink downlink(boolean toNode) {
        return toNode ? Downlink.toNode() : Downlink.toPeer();
    }

    /// Whether the peer may ask for less of one stream of ours: another node, that is.
    private static boolean isLimited(NegotiatedMedia section) {
        return section.codecs().stream().anyMatch(c -> c.feedback().contains("ccm tmmbr"));
    }

    private static boolean showsPicture(NegotiatedMedia section) {
        return section.peerReceives()
                && section.kind() == MediaKind.VIDEO
                && !section.codecs().isEmpty();
    }

    /// Takes an RTP packet in the clear.
    ///
    /// @return 0 when it is on a line ([#touched] says which), else the code of a drop reason
    public int onRtp(byte[] data, int offset, int length, long nowNanos) {
        int headerLength = RtpHeader.validate(data, offset, length);
        if (headerLength < 0) {
            return headerLength;
        }
        if (transportWideId != 0) {
            int transportSeq = RtpExtensions.read16(data, offset, transportWideId);
            if (transportSeq != RtpExtensions.NOT_FOUND) {
                arrivalLog().record(transportSeq, nowNanos);
            }
        }
        InboundSection section = sectionOf(data, offset, nowNanos);
        if (section == null || !hasSource(section)) {
            return DropReason.UNKNOWN_STREAM.code();
        }
        int result = section.receive(data, offset, length, headerLength, nowNanos);
        var source = section.source();
        touched = source == null ? null : source.line();
        touchedSection = section;
        return result;
    }

    /// Made with the first packet: most legs only listen.
    private ArrivalLog arrivalLog() {
        ArrivalLog log = arrivals;
        if (log == null) {
            log = new ArrivalLog();
            arrivals = log;
        }
        return log;
    }

    private boolean hasSource(InboundSection section) {
        return section.source() != null || !section.displaced() && publish(section);
    }

    private boolean publish(InboundSection section) {
        for (InboundSection made : section.lower()) {
            if (made.source() == null && !made.displaced()) {
                host.publish(this, made);
            }
        }
        return host.publish(this, section);
    }

    /// By SSRC; a new one by its MID (RFC 9143 §9.2) and layer, else by a payload type only one
    /// has.
    private @Nullable InboundSection sectionOf(byte[] data, int offset, long nowNanos) {
        int ssrc = RtpHeader.ssrc(data, offset);
        InboundSection owner = streams.section(ssrc);
        if (owner != null || limits != null) {
            return owner; // another node sends what both made by rule, and nothing else
        }
        int type = RtpHeader.payloadType(data, offset);
        InboundSection named = byMid(data, offset, type);
        InboundSection section = named == null ? byPayloadType(type) : named;
        return section != null && section.knows(type) && section.bind(ssrc, type, nowNanos)
                ? section
                : null;
    }

    private @Nullable InboundSection byMid(byte[] data, int offset, int type) {
        int found = midId == 0 ? RtpExtensions.NOT_FOUND : RtpExtensions.find(data, offset, midId);
        if (found == RtpExtensions.NOT_FOUND) {
            return null;
        }
        int at = RtpExtensions.position(offset, found);
        String mid = new String(data, at, RtpExtensions.length(found), StandardCharsets.UTF_8);
        for (InboundSection section : published()) {
            if (section.mid().equals(mid) && section.carries(data, offset, type)) {
                return section;
            }
        }
        return null;
    }

    private @Nullable InboundSection byPayloadType(int payloadType) {
        InboundSection only = null;
        for (InboundSection section : published()) {
            if (section.knows(payloadType)) {
                if (only != null) {
                    return null;
                }
                only = section;
            }
        }
        return only;
    }

    /// Takes an RTCP packet in the clear.
    ///
    /// @return 0 or more, or the code of a drop reason
    public int onRtcp(byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        return inbox.read(data, offset, length, nowNanos, out);
    }

    /// Asks the publisher now for what must not wait: repairs and key frames.
    ///
    /// @return whether it must be asked again soon
    public boolean care(long nowNanos, OutboundBatch out) {
        return outbox.ask(nowNanos, out);
    }

    /// Sends the reports that are due. Call about every 100 ms, and when a slot began.
    public void report(long nowNanos, OutboundBatch out) {
        outbox.report(nowNanos, out);
    }

    /// Lets out what its downlink bears of the pictures held back, if any are.
    ///
    /// @param listener hears of slots that have news
    /// @return how many packets went out, repeats not counted
    public int sendHeld(long nowNanos, OutboundBatch out, FanOut.Listener listener) {
        return gate == null ? 0 : gate.send(nowNanos, out, listener);
    }

    /// Compares what comes for it with what its downlink bears. Call about every 100 ms.
    public void look(long nowNanos) {
        if (gate != null) {
            gate.look(nowNanos);
            doubled.look(gate.estimate());
        }
        if (limits != null) {
            limits.look(holding(), nowNanos);
        }
    }

    /// A slot is going to show a source.
    ///
    /// @return the line to begin with: of a source with layers the lowest one's
    public SourceId show(Slot slot, SourceId source, long nowNanos) {
        return slot.kind() == MediaKind.VIDEO ? layers.show(slot, source, nowNanos) : source;
    }

    /// A slot shows nothing any more, or what has no layers.
    public void hide(Slot slot) {
        layers.hide(slot);
    }

    /// So many device pixels the tile of a slot is wide.
    public void prefer(String mid, int width) {
        layers.prefer(mid, width);
    }

    /// What a slot shows, all layers together.
    public @Nullable SourceId shows(Slot slot) {
        return layers.sourceOf(slot);
    }

    /// The peer is gone.
    public void end() {
        layers.hideAll();
    }

    /// The peer is reached on another path.
    public void moved() {
        if (downlink != null) {
            downlink.moved();
        }
    }

    /// Begins what waited for the way to the peer.
    public void begin(long nowNanos) {
        for (Slot slot : slots()) {
            if (slot.begin(nowNanos)) {
                host.keyFrameWanted(slot, nowNanos);
            }
            if (slot.catchingUp()) {
                host.catchingUp(slot);
            }
        }
    }

    @Override
    public @Nullable PeerPath path() {
        return transport.ready() ? transport.selectedPath() : null;
    }

    @Override
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        return transport.protectRtp(memory, offset, headerLength, length, ssrc, packetIndex);
    }

    @Override
    public @Nullable Downlink downlink() {
        return downlink;
    }

    @Override
    public FanOut.Peer pending() {
        return pending;
    }

    /// Null unless the peer is another node, which alone has a say in single streams.
    @Nullable StreamLimits limits() {
        return limits;
    }

    /// Null for a peer that is shown no pictures.
    @Nullable PictureGate gate() {
        return gate;
    }

    /// Whether pictures are held back, so that [#sendHeld] is to be called.
    public boolean holding() {
        return gate != null && gate.holding();
    }

    /// Whether [#sendHeld] left something because it must not go yet.
    public boolean waiting() {
        return gate != null && gate.waiting();
    }

    public @Nullable Slot slot(String mid) {
        return streams.slot(mid);
    }

    @Nullable Slot slotOf(int ssrc) {
        return streams.slot(ssrc);
    }

    @Nullable InboundSection sectionOf(int ssrc) {
        return streams.section(ssrc);
    }

    void learnRoundTrip(long nanos) {
        roundTripNanos = roundTripNanos < 0 ? nanos : (7 * roundTripNanos + nanos) / 8;
        for (InboundSection section : published()) {
            var source = section.source();
            if (source != null) {
                source.learnRoundTrip(nanos);
            }
        }
    }

    PublisherClock publisherClock() {
        return publisherClock;
    }

    /// Null before the first packet that counts.
    @Nullable ArrivalLog arrivals() {
        return arrivals;
    }

    public List<InboundSection> published() {
        return streams.published();
    }

    public List<Slot> slots() {
        return streams.slots();
    }

    public LegId id() {
        return id;
    }

    public PeerTransport transport() {
        return transport;
    }

    /// The line the last packet of [#onRtp] belonged to, whether or not it got there.
    public @Nullable Line touched() {
        return touched;
    }

    public @Nullable InboundSection touchedSection() {
        return touchedSection;
    }

    /// Negative while unknown.
    public long roundTripNanos() {
        return roundTripNanos;
    }

    /// Whether the loop has it among those to be cared for every 5 ms.
    public boolean inCare() {
        return inCare;
    }

    public void setInCare(boolean now) {
        inCare = now;
    }

    /// The proved paths its loop has it listed under.
    public List<PeerPath> listedPaths() {
        return listedPaths;
    }

    /// The user name fragments its loop has it listed under.
    public List<String> listedFragments() {
        return fragments;
    }

    public void setListedFragments(List<String> listed) {
        fragments = listed;
    }

    public LegStats stats() {
        PeerPath path = transport.selectedPath();
        return new LegStats(
                id,
                transport.state(),
                path == null ? "" : Addresses.text(path.remote()),
                false, // who listens for TCP knows better
                transport.srtpProfile(),
                transport.handshakes(),
                gate == null ? -1 : gate.estimate(),
                slots().stream().map(this::stats).toList());
    }

    private LegStats.Slot stats(Slot slot) {
        Line line = slot.line();
        return new LegStats.Slot(
                slot.mid(),
                line == null ? "" : line.id().value(),
                slot.state().text(),
                slot.packets(),
                slot.retransmitted(),
                slot.nacksReceived(),
                slot.redundancy(),
                slot.lossReported256() / 256.0,
                roundTripNanos < 0 ? -1 : roundTripNanos / 1e6);
    }
}
