package org.maplebridge.media.leg;

import java.util.List;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.rtp.RtpExtensions;
import org.maplebridge.media.rtp.dependency.DependencyDescriptor;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.wire.DropReason;

/// One stream of several resolutions (SVC): says of each packet which of the lines made of it need
/// it. A line shows one resolution; whatever that is decoded by is on it, and nothing else.
///
/// Thread: its leg's media loop.
final class ScalableStream {
    private static final int MARKER = 0x80;

    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final int extensionId;
    private List<InboundSection> lower = List.of();

    /// @param extensionId of the dependency descriptor
    ScalableStream(int extensionId) {
        this.extensionId = extensionId;
    }

    void feed(List<InboundSection> lowerResolutions) {
        lower = List.copyOf(lowerResolutions);
    }

    List<InboundSection> lower() {
        return lower;
    }

    /// Takes a packet in the clear. One without a descriptor is of the highest resolution.
    ///
    /// @param highest what the highest resolution feeds
    /// @return 0 when it is on any line, else the code of a drop reason
    int receive(
            Source highest,
            byte[] data,
            int offset,
            int length,
            int headerLength,
            CodecFormat format,
            boolean retransmitted,
            long nowNanos) {
        int found = RtpExtensions.find(data, offset, extensionId);
        boolean plain = found == RtpExtensions.NOT_FOUND;
        boolean known = plain || read(data, offset, found);
        if (!known && !retransmitted) {
            highest.wantKeyFrame(); // which brings the structure that is missing
        }
        int result = DropReason.EMPTY.code();
        int top = lower.size();
        for (int resolution = top; resolution >= 0; resolution--) {
            Source line = resolution == top ? highest : lower.get(resolution).source();
            boolean wanted = known && (plain ? resolution == top : needs(resolution));
            if (line == null) {
                continue;
            }
            int one =
                    wanted
                            ? put(
                                    line,
                                    !plain && ends(resolution),
                                    data,
                                    offset,
                                    length,
                                    headerLength,
                                    format,
                                    retransmitted,
                                    nowNanos)
                            : line.passOver(data, offset, format, retransmitted, nowNanos);
            result = result == 0 || one == 0 ? 0 : one;
        }
        return known ? result : DropReason.AWAITING_KEY_FRAME.code();
    }

    private boolean read(byte[] data, int offset, int found) {
        return descriptor.read(
                data, RtpExtensions.position(offset, found), RtpExtensions.length(found));
    }

    private boolean needs(int resolution) {
        return descriptor.isFor(descriptor.targetOf(resolution));
    }

    /// Whether the picture of a line is whole with this packet, though the stream's may not be.
    private boolean ends(int resolution) {
        return descriptor.endsFrame() && descriptor.resolution() == resolution;
    }

    private int put(
            Source line,
            boolean last,
            byte[] data,
            int offset,
            int length,
            int headerLength,
            CodecFormat format,
            boolean retransmitted,
            long nowNanos) {
        byte typeAndMarker = data[offset + 1];
        if (last) {
            data[offset + 1] = (byte) (typeAndMarker | MARKER);
        }
        int result =
                line.receive(
                        data,
                        offset,
                        length,
                        headerLength,
                        format,
                        retransmitted,
                        extensionId,
                        nowNanos);
        data[offset + 1] = typeAndMarker;
        return result;
    }
}
