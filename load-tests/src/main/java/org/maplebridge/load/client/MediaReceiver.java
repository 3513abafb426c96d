package org.maplebridge.load.client;

import org.jspecify.annotations.Nullable;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.rtp.SequenceUnwrapper;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.wire.Bytes;

/// Opens every packet of the stream one receiver gets, counts gaps and measures delays.
///
/// Thread: its client thread.
final class MediaReceiver {
    private final InboundSrtp srtp;
    private final DelayHistogram delays;
    private final @Nullable PictureTrack pictures;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private int ssrc;
    private long first = -1;
    private long last;
    private long packets;
    private long unopened;
    private long arrivedNanos;
    private long longestGapNanos;

    /// @param pictures is told of every packet of video; null when nobody wants to know
    MediaReceiver(InboundSrtp srtp, DelayHistogram delays, @Nullable PictureTrack pictures) {
        this.srtp = srtp;
        this.delays = delays;
        this.pictures = pictures;
    }

    /// @param arrivedNanos since 1970, by the kernel
    void onRtp(byte[] data, int length, long arrivedNanos) {
        int plain = srtp.unprotectRtp(data, 0, length);
        if (plain < 0) {
            unopened++;
            return;
        }
        int header = RtpHeader.validate(data, 0, plain);
        if (header < 0 || plain - header < MediaSender.STAMP_BYTES) {
            return; // padding, probes
        }
        if (packets > 0 && RtpHeader.ssrc(data, 0) != ssrc) {
            return; // retransmissions have a stream of their own
        }
        ssrc = RtpHeader.ssrc(data, 0);
        long sequence = unwrapper.unwrap(RtpHeader.sequence(data, 0));
        first = first < 0 ? sequence : first;
        last = Math.max(last, sequence);
        packets++;
        longestGapNanos = longestGapNanos(arrivedNanos);
        this.arrivedNanos = arrivedNanos;
        if (pictures != null) {
            boolean marker = RtpHeader.marker(data, 0);
            pictures.onPacket(sequence, marker, data, header, plain - header, arrivedNanos);
        }
        delays.record(arrivedNanos - Bytes.i64(data, plain - MediaSender.STAMP_BYTES));
    }

    /// Of the stream that comes.
    int ssrc() {
        return ssrc;
    }

    /// Starts counting anew, where the stream stands now.
    void reset() {
        first = -1;
        last = -1;
        packets = 0;
        unopened = 0;
        longestGapNanos = 0;
    }

    /// The longest time without a packet, the one that lasts included.
    ///
    /// @param nowNanos since 1970
    long longestGapNanos(long nowNanos) {
        return arrivedNanos == 0
                ? longestGapNanos
                : Math.max(longestGapNanos, nowNanos - arrivedNanos);
    }

    long packets() {
        return packets;
    }

    /// Packets between first and last that did not come.
    long missing() {
        return first < 0 ? 0 : last - first + 1 - packets;
    }

    /// Datagrams that looked like media and did not open.
    long unopened() {
        return unopened;
    }
}
