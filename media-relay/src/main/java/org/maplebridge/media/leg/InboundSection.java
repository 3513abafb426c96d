package org.maplebridge.media.leg;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Activity;
import org.maplebridge.media.forward.Source;
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

/// A media section on which the peer sends, or one simulcast layer of it: which SSRCs are its, and
/// the source they feed.
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
    private final byte[] rid;
    private final ExtensionIds extensions;
    private final Activity activity;
    private final MediaKind kind;
    private final PayloadTypes types;
    private final int audioLevelId;
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
            SourceId lineId,
            String rid,
            Activity activity) {
        this.mid = section.mid();
        this.sourceId = sourceId;
        this.lineId = lineId;
        this.rid = rid.getBytes(StandardCharsets.UTF_8);
        this.extensions = section.extensions();
        this.activity = activity;
        this.kind = section.kind();
        this.types = types;
        this.audioLevelId = section.extensions().audioLevel();
        NegotiatedCodec first = section.codecs().getFirst();
        this.clockRate = first.clockRate();
        this.answersNack = answers(section, "nack");
        this.answersPictureLoss = answers(section, "nack pli");
        this.answersIntraRequest = answers(section, "ccm fir");
        this.heedsLimit = answers(section, "goog-remb");
        this.heedsStreamLimit = answers(section, "ccm tmmbr");
        if (!section.remoteSsrcs().isEmpty() && rid.isEmpty()) {
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
        var activity = new Activity(section.kind());
        var streams = new ArrayList<InboundSection>(1);
        for (int i = 0; i < section.rids().size() - 1; i++) {
            String rid = section.rids().get(i);
            streams.add(
                    new InboundSection(
                            section, types, sourceId, sourceId.layer(rid), rid, activity));
        }
        String highest = section.rids().isEmpty() ? "" : section.rids().getLast();
        streams.add(new InboundSection(section, types, sourceId, sourceId, highest, activity));
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
            return true;
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
        return types.knows(payloadType);
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
                    : into.receive(
                            data,
                            offset,
                            length,
                            headerLength,
                            format,
                            false,
                            audioLevelId,
                            nowNanos);
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
        return into.receive(
                data,
                offset + Rtx.OVERHEAD,
                unwrapped,
                headerLength,
                originalFormat,
                true,
                audioLevelId,
                nowNanos);
    }

    private int receiveRedundant(
            Source into, byte[] data, int offset, int length, int headerLength, long nowNanos) {
        int opus = types.opus();
        CodecFormat plain = opus == PayloadTypes.NONE ? null : types.format(opus);
        return plain == null
                ? DropReason.UNKNOWN_STREAM.code()
                : into.receiveRedundant(
                        data, offset, length, headerLength, plain, opus, audioLevelId, nowNanos);
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
        return rid.length > 0;
    }

    /// Whose line its packets go on: that of its layer.
    public SourceId lineId() {
        return lineId;
    }

    /// The layer's stream id; empty of a single stream.
    public String rid() {
        return new String(rid, StandardCharsets.UTF_8);
    }

    public Activity activity() {
        return activity;
    }

    public MediaKind kind() {
        return kind;
    }

    public int clockRate() {
        return clockRate;
    }

    public boolean answersNack() {
        return answersNack;
    }

    String mid() {
        return mid;
    }

    int ssrc() {
        return ssrc;
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

    void senderReported(long ntpTime, long nowNanos) {
        senderReportMiddle = NtpClock.middle(ntpTime);
        senderReportNanos = nowNanos;
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
        if (current == null || current.packets() == packetsAtReport) {
            return false;
        }
        packetsAtReport = current.packets();
        return true;
    }
}
