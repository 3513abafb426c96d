package org.maplebridge.media.leg;

import org.maplebridge.media.congestion.ArrivalLog;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Tells a peer what it must know, in as few datagrams as possible: reports, arrival feedback,
/// requests. A peer that neither sends nor is sent anything hears nothing.
///
/// Thread: its leg's media loop.
final class RtcpOutbox {
    static final long RECEIVER_REPORT_NANOS = 1_000_000_000L;

    /// As many as one compound holds with room for the rest (1,180 bytes).
    private static final int MOST_REPAIRS = 256;

    private final Leg leg;
    private final NtpClock ntp;
    private final int ownSsrc;
    private final byte[] cname;
    private final RtcpWriter writer = new RtcpWriter();
    private int[] repairs = {};
    private long receiverReportNanos;
    private boolean reported;
    private boolean open;

    RtcpOutbox(Leg leg, NtpClock ntp, int ownSsrc, byte[] cname) {
        this.leg = leg;
        this.ntp = ntp;
        this.ownSsrc = ownSsrc;
        this.cname = cname;
    }

    void report(long nowNanos, OutboundBatch out) {
        if (leg.path() == null) {
            return;
        }
        reportReceived(nowNanos, out);
        reportSent(nowNanos, out);
        reportArrivals(out);
        limit(nowNanos, out);
        send(out);
    }

    private void reportArrivals(OutboundBatch out) {
        ArrivalLog arrivals = leg.arrivals();
        while (arrivals != null && arrivals.hasNews()) {
            begin(out);
            if (!arrivals.writeFeedback(writer, ownSsrc, mediaSsrc())) {
                return;
            }
            if (arrivals.hasNews()) {
                send(out);
            }
        }
    }

    private void reportReceived(long nowNanos, OutboundBatch out) {
        if (reported && nowNanos - receiverReportNanos < RECEIVER_REPORT_NANOS) {
            return;
        }
        for (int i = 0; i < leg.published().size(); i++) {
            InboundSection section = leg.published().get(i);
            Source source = section.source();
            if (source != null && section.takeNews()) {
                reported = true;
                receiverReportNanos = nowNanos;
                begin(out);
                int lost =
                        RtcpWriter.lost(source.reception().fractionLost(), source.lostOnTheWay());
                if (!block(section, source, lost, nowNanos)) {
                    send(out);
                    begin(out);
                    block(section, source, lost, nowNanos);
                }
            }
        }
    }

    private boolean block(InboundSection section, Source source, int lost, long nowNanos) {
        return writer.reportBlock(
                section.ssrc(),
                lost,
                source.extendedHighestSeq(),
                source.reception().jitterTicks(),
                section.senderReportMiddle(),
                section.sinceSenderReport(nowNanos));
    }

    private void reportSent(long nowNanos, OutboundBatch out) {
        for (int i = 0; i < leg.slots().size(); i++) {
            Slot slot = leg.slots().get(i);
            if (slot.reportDue(nowNanos)) {
                begin(out);
                if (!slot.report(writer, ntp.at(nowNanos), nowNanos)) {
                    send(out);
                    begin(out);
                    slot.report(writer, ntp.at(nowNanos), nowNanos);
                }
                writer.cname(slot.ssrc(), cname);
            }
        }
    }

    /// Asks for repairs and key frames.
    ///
    /// @return whether something remains to be asked for
    boolean ask(long nowNanos, OutboundBatch out) {
        boolean more = false;
        boolean reachable = leg.path() != null;
        for (int i = 0; i < leg.published().size(); i++) {
            InboundSection section = leg.published().get(i);
            Source source = section.source();
            if (source != null && source.needsCare()) {
                if (reachable) {
                    askForRepairs(section, source, nowNanos, out);
                    askForKeyFrame(section, source, nowNanos, out);
                }
            }
        }
        if (reachable) {
            limit(nowNanos, out);
        }
        for (int i = 0; i < leg.published().size(); i++) {
            Source source = leg.published().get(i).source();
            more |= source != null && source.needsCare();
        }
        send(out);
        return more;
    }

    /// Asks to send no more than viewers' downlinks bear. One limit holds for the whole leg, so
    /// what its other streams send is added; but between nodes each stream has its own.
    private void limit(long nowNanos, OutboundBatch out) {
        boolean due = false;
        long sum = 0;
        int limited = 0;
        for (int i = 0; i < leg.published().size(); i++) {
            InboundSection section = leg.published().get(i);
            Source source = section.source();
            if (source == null || source.packets() == 0) {
                continue;
            }
            long asked = source.rateAsk().due(nowNanos);
            if (section.heedsStreamLimit()) {
                limit(section, asked, out);
                continue;
            }
            long limit = asked > 0 ? asked : source.rateAsk().told();
            due |= asked > 0 && section.heedsLimit();
            sum += limit > 0 ? limit : source.bitsPerSecond(nowNanos);
            limited = limit > 0 ? section.ssrc() : limited;
        }
        if (due) {
            begin(out);
            writer.maximumBitrate(ownSsrc, sum, limited);
        }
    }

    private void limit(InboundSection section, long asked, OutboundBatch out) {
        if (asked > 0) {
            begin(out);
            if (!writer.streamLimit(ownSsrc, section.ssrc(), asked)) {
                send(out);
                begin(out);
                writer.streamLimit(ownSsrc, section.ssrc(), asked);
            }
        }
    }

    private void askForRepairs(
            InboundSection section, Source source, long nowNanos, OutboundBatch out) {
        if (repairs.length == 0) {
            repairs = new int[MOST_REPAIRS];
        }
        int count = source.repairsDue(repairs, nowNanos);
        int asked = 0;
        while (asked < count) {
            begin(out);
            int taken = writer.nack(ownSsrc, section.ssrc(), repairs, asked, count);
            asked += taken;
            if (taken == 0 || asked < count) {
                send(out);
            }
        }
    }

    private void askForKeyFrame(
            InboundSection section, Source source, long nowNanos, OutboundBatch out) {
        if (!source.keyFrameRequestDue(nowNanos)) {
            return;
        }
        begin(out);
        if (section.answersPictureLoss() || !section.answersIntraRequest()) {
            writer.pictureLoss(ownSsrc, section.ssrc());
        } else {
            writer.fullIntraRequest(ownSsrc, section.ssrc(), section.nextIntraRequest());
        }
    }

    private int mediaSsrc() {
        return leg.published().isEmpty() ? 0 : leg.published().getFirst().ssrc();
    }

    /// Opens a compound if none is open; each begins with a report (RFC 3550 §6.1).
    private void begin(OutboundBatch out) {
        if (!open) {
            open = true;
            writer.begin(out.memory(), out.claim());
            writer.receiverReport(ownSsrc);
        }
    }

    private void send(OutboundBatch out) {
        if (!open) {
            return;
        }
        open = false;
        PeerPath path = leg.path();
        if (path == null) {
            return;
        }
        int length = leg.transport().protectRtcp(out.memory(), out.claim(), writer.length());
        if (length > 0) {
            out.commit(path, length);
        }
    }
}
