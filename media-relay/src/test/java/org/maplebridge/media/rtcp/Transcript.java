package org.maplebridge.media.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// Writes down what a reader hears, one line each.
final class Transcript implements RtcpVisitor, TransportFeedback.Arrivals {
    final List<String> lines = new ArrayList<>();

    static List<String> of(byte[] packet) {
        Transcript transcript = new Transcript();
        int packets = RtcpReader.read(packet, 0, packet.length, transcript);
        transcript.lines.addFirst(packets < 0 ? "malformed" : packets + " packets");
        return transcript.lines;
    }

    @Override
    public void senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packetCount, int octetCount) {
        lines.add(
                "sr %x ntp %x rtp %x sent %d, %d"
                        .formatted(ssrc, ntpTime, rtpTimestamp, packetCount, octetCount));
    }

    @Override
    public void reportBlock(int reporterSsrc, byte[] data, int offset) {
        lines.add(
                "%x on %x lost %d/256, %d highest %x jitter %d lsr %x dlsr %x"
                        .formatted(
                                reporterSsrc,
                                ReportBlock.ssrc(data, offset),
                                ReportBlock.fractionLost(data, offset),
                                ReportBlock.cumulativeLost(data, offset),
                                ReportBlock.extendedHighestSequence(data, offset),
                                ReportBlock.jitterTicks(data, offset),
                                ReportBlock.lastSenderReport(data, offset),
                                ReportBlock.delaySinceLastSenderReport(data, offset)));
    }

    @Override
    public void cname(int ssrc, byte[] data, int offset, int length) {
        lines.add("%x is %s".formatted(ssrc, new String(data, offset, length, UTF_8)));
    }

    @Override
    public void bye(int ssrc) {
        lines.add("bye %x".formatted(ssrc));
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
        lines.add("%x nack %x %d %04x".formatted(senderSsrc, mediaSsrc, firstSeq16, bitmask));
    }

    @Override
    public void pictureLoss(int senderSsrc, int mediaSsrc) {
        lines.add("%x pli %x".formatted(senderSsrc, mediaSsrc));
    }

    @Override
    public void fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {
        lines.add("%x fir %x %d".formatted(senderSsrc, mediaSsrc, commandSequence));
    }

    @Override
    public void streamLimit(int senderSsrc, int mediaSsrc, long bitsPerSecond) {
        lines.add("%x limit %x %d".formatted(senderSsrc, mediaSsrc, bitsPerSecond));
    }

    @Override
    public void estimatedMaximumBitrate(int senderSsrc, long bitsPerSecond) {
        lines.add("%x remb %d".formatted(senderSsrc, bitsPerSecond));
    }

    @Override
    public void transportFeedback(int senderSsrc, byte[] data, int offset, int length) {
        lines.add(
                "%x feedback %d"
                        .formatted(senderSsrc, TransportFeedback.feedbackCount(data, offset)));
        int told = TransportFeedback.read(data, offset, length, this);
        if (told < 0) {
            lines.add("malformed");
        }
    }

    @Override
    public void received(int seq16, long ticks250us) {
        lines.add("%d at %d".formatted(seq16, ticks250us));
    }

    @Override
    public void missing(int seq16) {
        lines.add("%d missing".formatted(seq16));
    }
}
