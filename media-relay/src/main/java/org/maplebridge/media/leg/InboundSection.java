package org.maplebridge.media.leg;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Activity;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.forward.repair.KeyFrameRequests;
import org.maplebridge.media.rtp.RtpExtensions;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.rtp.Rtx;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.ExtensionIds;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedCodec;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.wire.DropReason;

/// A media section on which the peer sends, or one layer of it: which SSRCs are its, and the source
/// they feed. Simulcast layers have streams of their own; a lower resolution of a scalable stream
/// has none, and is fed by that.
///
/// One stream feeds the source at a time. Another SSRC of the same section takes over only when the
/// first has fallen silent, so that nobody can make it thrash.
///
/// Thread: its leg's media loop.
public final class InboundSection {
    static final long TAKEOVER_NANOS = 300_000_000L;

    private final String mid;
    private final SourceId sourceId;
    private final SourceId lineId;
    private final String layer;

    /// By which the layer's packets are told; empty where all of the section are its.
    private final byte[] rid;

    /// Whose packets it is made of; null where they are its own.
    private final @Nullable InboundSection whole;

    private final @Nullable ScalableStream scalable;
    private final ExtensionIds extensions;
    private final Activity activity;
    private final KeyFrameRequests keyFrameRequests;
    private final MediaKind kind;
    private final PayloadTypes types;
    private final int extensionId;
    private final int clockRate;
    private final boolean answersNack;
    private final boolean answersPictureLoss;
    private final boolean answersIntraRequest;
    private final boolean heedsLimit;
    private final boolean heedsStreamLimit;

    private @Nullable Source source;
    private boolean displaced;
    private boolean bound;
    private int ssrc;
    private int rtxSsrc;
    private boolean announced;
    private long lastPacketNanos;
    private int intraRequests;

    // What receiver reports need of the last sender report (RFC 3550 §6.4.1).
    private int senderReportMiddle;
    private long senderReportNanos;
    private long packetsAtReport;

    private InboundSection(
            NegotiatedMedia section,
            PayloadTypes types,
            SourceId sourceId,
            String layer,
            boolean highest,
            @Nullable InboundSection sibling) {
        this.mid = section.mid();
        this.sourceId = sourceId;
        this.lineId = highest ? sourceId : sourceId.layer(layer);
        this.layer = layer;
        boolean one = section.scalable();
        this.whole = one && !highest ? sibling : null;
        this.scalable =
                one && highest ? new ScalableStream(section.extensions().dependency()) : null;
        this.rid = one ? new byte[0] : layer.getBytes(StandardCharsets.UTF_8);
        this.extensions = section.extensions();
        this.activity = sibling == null ? new Activity(section.kind()) : sibling.activity;
        this.keyFrameRequests = whole == null ? new KeyFrameRequests() : whole.keyFrameRequests;
        this.kind = section.kind();
        this.types = types;
        this.extensionId =
                kind == MediaKind.AUDIO
                        ? section.extensions().audioLevel()
                        : section.extensions().dependency();
        NegotiatedCodec first = section.codecs().getFirst();
        this.clockRate = first.clockRate();
        this.answersNack = answers(section, "nack");
        this.answersPictureLoss = answers(section, "nack pli");
        this.answersIntraRequest = answers(section, "ccm fir");
        this.heedsLimit = answers(section, "goog-remb");
        this.heedsStreamLimit = answers(section, "ccm tmmbr");
        if (!section.remoteSsrcs().isEmpty() && rid.length == 0 && whole == null) {
            bound = true;
            announced = true;
            ssrc = section.remoteSsrcs().getFirst().ssrc();
            rtxSsrc = section.remoteSsrcs().getFirst().rtxSsrc();
        }
    }

    /// The streams of a section: its layers, the lowest first, or one.
    ///
    /// @param types of the section's codecs
    static List<InboundSection> of(NegotiatedMedia section, PayloadTypes types, SourceId sourceId) {
        List<String> names = section.rids();
        String last = names.isEmpty() ? "" : names.getLast();
        var highest = new InboundSection(section, types, sourceId, last, true, null);
        var streams = new ArrayList<InboundSection>(1);
        for (int i = 0; i < names.size() - 1; i++) {
            streams.add(new InboundSection(section, types, sourceId, names.get(i), false, highest));
        }
        if (highest.scalable != null) {
            highest.scalable.feed(streams);
        }
        streams.add(highest);
        return streams;
    }

    private static boolean answers(NegotiatedMedia section, String feedback) {
        return section.codecs().stream().anyMatch(codec -> codec.feedback().contains(feedback));
    }

    boolean owns(int candidate) {
        return bound && (candidate == ssrc || candidate == rtxSsrc && rtxSsrc != 0);
    }

    /// Whether a packet of the section is of this layer, or of its repair: by their stream ids (RFC
    /// 8852 §3). Where there are no layers, every one is.
    boolean carries(byte[] data, int offset, int payloadType) {
        if (rid.length == 0) {
            return whole == null;
        }
        boolean repair = types.retransmittedBy(payloadType) != PayloadTypes.NONE;
        int id = repair ? extensions.repairedRid() : extensions.rid();
        int found = id == 0 ? RtpExtensions.NOT_FOUND : RtpExtensions.find(data, offset, id);
        if (found == RtpExtensions.NOT_FOUND) {
            return false;
        }
        int at = RtpExtensions.position(offset, found);
        return Arrays.equals(data, at, at + RtpExtensions.length(found), rid, 0, rid.length);
    }

    boolean knows(int payloadType) {
        return whole == null && types.knows(payloadType);
    }

    /// Offers a stream nobody announced but that is this section's by MID or payload type.
    ///
    /// @return whether it is taken
    boolean bind(int newSsrc, int payloadType, long nowNanos) {
        if (types.retransmittedBy(payloadType) != PayloadTypes.NONE) {
            if (!bound || announced && rtxSsrc != 0) {
                return false;
            }
            rtxSsrc = newSsrc;
            return true;
        }
        if (bound && lastPacketNanos != 0 && nowNanos - lastPacketNanos < TAKEOVER_NANOS) {
            return false;
        }
        if (bound && ssrc != newSsrc) {
            restartSource();
            rtxSsrc = 0;
        }
        bound = true;
        announced = false;
        ssrc = newSsrc;
        return true;
    }

    private void restartSource() {
        Source current = source;
        if (current != null) {
            current.beginAnew();
        }
        lower().forEach(InboundSection::restartSource);
    }

    /// Takes a packet of this section in the clear.
    ///
    /// @return 0 when it is on the source's line, else the code of a drop reason
    int receive(byte[] data, int offset, int length, int headerLength, long nowNanos) {
        Source into = source;
        if (into == null) {
            return DropReason.UNKNOWN_STREAM.code();
        }
        int type = RtpHeader.payloadType(data, offset);
        CodecFormat format = types.format(type);
        if (format != null) {
            if (RtpHeader.ssrc(data, offset) != ssrc) {
                return DropReason.UNKNOWN_STREAM.code();
            }
            lastPacketNanos = nowNanos;
            return format.name() == CodecName.RED
                    ? receiveRedundant(into, data, offset, length, headerLength, nowNanos)
                    : receive(into, data, offset, length, headerLength, format, false, nowNanos);
        }
        int original = types.retransmittedBy(type);
        CodecFormat originalFormat = original == PayloadTypes.NONE ? null : types.format(original);
        if (originalFormat == null) {
            return DropReason.UNKNOWN_STREAM.code();
        }
        int payload = RtpHeader.payloadLength(data, offset, length, headerLength);
        if (payload < 0) {
            return payload;
        }
        int unwrapped =
                Rtx.unwrap(data, offset, headerLength + payload, headerLength, ssrc, original);
        if (unwrapped < 0) {
            return unwrapped;
        }
        return receive(
                into,
                data,
                offset + Rtx.OVERHEAD,
                unwrapped,
                headerLength,
                originalFormat,
                true,
                nowNanos);
    }

    private int receive(
            Source into,
            byte[] data,
            int offset,
            int length,
            int headerLength,
            CodecFormat format,
            boolean retransmitted,
            long nowNanos) {
        return scalable == null
                ? into.receive(
                        data,
                        offset,
                        length,
                        headerLength,
                        format,
                        retransmitted,
                        extensionId,
                        nowNanos)
                : scalable.receive(
                        into, data, offset, length, headerLength, format, retransmitted, nowNanos);
    }

    /// Has the lines its last packet went on fanned out.
    ///
    /// @return whether that must not wait any longer
    public boolean fanOut(FanOut into) {
        boolean full = fanOut(source, into);
        List<InboundSection> made = lower();
        for (int i = 0; i < made.size(); i++) {
            full |= fanOut(made.get(i).source, into);
        }
        return full;
    }

    private static boolean fanOut(@Nullable Source fed, FanOut into) {
        if (fed == null || fed.line().burstCount() == 0) {
            return false;
        }
        into.add(fed.line());
        return fed.line().burstFull();
    }

    /// What is made of its packets besides its own line.
    List<InboundSection> lower() {
        return scalable == null ? List.of() : scalable.lower();
    }

    private int receiveRedundant(
            Source into, byte[] data, int offset, int length, int headerLength, long nowNanos) {
        int opus = types.opus();
        CodecFormat plain = opus == PayloadTypes.NONE ? null : types.format(opus);
        return plain == null
                ? DropReason.UNKNOWN_STREAM.code()
                : into.receiveRedundant(
                        data, offset, length, headerLength, plain, opus, extensionId, nowNanos);
    }

    /// The section's packets become this source's.
    public void feed(Source newSource) {
        source = newSource;
    }

    /// Another leg publishes the same source now, for good.
    public void displace() {
        source = null;
        displaced = true;
    }

    public boolean displaced() {
        return displaced;
    }

    public @Nullable Source source() {
        return source;
    }

    /// What it is published as, all layers together.
    public SourceId sourceId() {
        return sourceId;
    }

    public boolean layered() {
        return !layer.isEmpty();
    }

    /// Whose line its packets go on: that of its layer.
    public SourceId lineId() {
        return lineId;
    }

    /// The layer's name, which of simulcast is its stream id; empty of a single stream.
    public String layer() {
        return layer;
    }

    public Activity activity() {
        return activity;
    }

    public KeyFrameRequests keyFrameRequests() {
        return keyFrameRequests;
    }

    public MediaKind kind() {
        return kind;
    }

    public int clockRate() {
        return clockRate;
    }

    public boolean answersNack() {
        return answersNack && whole == null;
    }

    String mid() {
        return mid;
    }

    int ssrc() {
        return whole == null ? ssrc : whole.ssrc;
    }

    boolean answersPictureLoss() {
        return answersPictureLoss;
    }

    boolean answersIntraRequest() {
        return answersIntraRequest;
    }

    /// Whether it sends less when asked (draft-alvestrand-rmcat-remb-03).
    boolean heedsLimit() {
        return heedsLimit;
    }

    /// Whether it sends less of this stream alone when asked (RFC 5104 §4.2.1).
    boolean heedsStreamLimit() {
        return heedsStreamLimit;
    }

    int nextIntraRequest() {
        return intraRequests++ & 0xff;
    }

    /// The peer's report: its timestamp at a moment of the relay's clock, and of its own.
    void reported(int timestamp, long atNanos, long ntpTime, long nowNanos) {
        senderReportMiddle = NtpClock.middle(ntpTime);
        senderReportNanos = nowNanos;
        Source current = source;
        if (current != null) {
            current.reported(timestamp, atNanos, ntpTime, nowNanos);
        }
        lower().forEach(made -> made.reported(timestamp, atNanos, ntpTime, nowNanos));
    }

    int senderReportMiddle() {
        return senderReportMiddle;
    }

    /// In 65,536ths of a second; 0 before the first report.
    int sinceSenderReport(long nowNanos) {
        return senderReportMiddle == 0
                ? 0
                : (int) (((nowNanos - senderReportNanos) << 16) / 1_000_000_000L);
    }

    /// Whether packets came since the last receiver report; then this one counts as it.
    boolean takeNews() {
        Source current = source;
        if (current == null || whole != null || current.packets() == packetsAtReport) {
            return false;
        }
        packetsAtReport = current.packets();
        return true;
    }
}
