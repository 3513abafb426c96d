package org.maplebridge.media.leg;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.rtcp.ReportBlock;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.wire.OutboundBatch;

/// Hears what a peer reports and asks for.
///
/// Thread: its leg's media loop.
final class RtcpInbox implements RtcpVisitor {
    private final Leg leg;
    private final LegHost host;
    private final NtpClock ntp;

    // Of the packet being read.
    private long nowNanos;
    private @Nullable OutboundBatch out;

    RtcpInbox(Leg leg, LegHost host, NtpClock ntp) {
        this.leg = leg;
        this.host = host;
        this.ntp = ntp;
    }

    int read(byte[] data, int offset, int length, long now, OutboundBatch batch) {
        nowNanos = now;
        out = batch;
        int result = RtcpReader.read(data, offset, length, this);
        out = null;
        return result;
    }

    @Override
    public void senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packetCount, int octetCount) {
        InboundSection section = leg.sectionOf(ssrc);
        if (section == null || section.source() == null || section.ssrc() != ssrc) {
            return;
        }
        long atNanos = leg.publisherClock().momentOf(ntpTime, nowNanos);
        section.reported(rtpTimestamp, atNanos, ntpTime, nowNanos);
    }

    @Override
    public void reportBlock(int reporterSsrc, byte[] data, int offset) {
        Slot slot = leg.slotOf(ReportBlock.ssrc(data, offset));
        if (slot == null) {
            return;
        }
        slot.noteLoss(ReportBlock.fractionLost(data, offset), nowNanos);
        int roundTrip = ReportBlock.roundTrip(data, offset, NtpClock.middle(ntp.at(nowNanos)));
        long roundTripNanos = roundTrip < 0 ? -1 : roundTrip * 1_000_000_000L >> 16;
        if (roundTrip >= 0) {
            leg.learnRoundTrip(roundTripNanos);
        }
        PictureGate gate = leg.gate();
        if (gate != null && slot.kind() == MediaKind.VIDEO) {
            gate.reported(slot.lossReported256() / 256.0, roundTripNanos, nowNanos);
        }
    }

    @Override
    public void transportFeedback(int senderSsrc, byte[] data, int offset, int length) {
        PictureGate gate = leg.gate();
        if (gate != null) {
            gate.hear(data, offset, length, nowNanos);
        }
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
        Slot slot = leg.slotOf(mediaSsrc);
        OutboundBatch into = out;
        if (slot != null && into != null && leg.path() != null) {
            int sent = slot.repeat(firstSeq16, bitmask, leg.roundTripNanos(), nowNanos, into);
            host.counters().retransmitted(sent);
        }
    }

    @Override
    public void pictureLoss(int senderSsrc, int mediaSsrc) {
        refresh(leg.slotOf(mediaSsrc));
    }

    @Override
    public void fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {
        refresh(leg.slotOf(mediaSsrc));
    }

    @Override
    public void streamLimit(int senderSsrc, int mediaSsrc, long bitsPerSecond) {
        Slot slot = leg.slotOf(mediaSsrc);
        StreamLimits limits = leg.limits();
        if (limits != null && slot != null && slot.kind() == MediaKind.VIDEO) {
            limits.hear(slot, bitsPerSecond, leg.holding(), nowNanos);
        }
    }

    private void refresh(@Nullable Slot slot) {
        if (slot == null) {
            return;
        }
        if (slot.refresh(leg.roundTripNanos(), nowNanos)) {
            host.keyFrameWanted(slot, nowNanos);
        }
        if (slot.catchingUp()) {
            host.catchingUp(slot);
        }
    }
}
