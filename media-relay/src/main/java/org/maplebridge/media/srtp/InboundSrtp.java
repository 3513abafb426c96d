package org.maplebridge.media.srtp;

import io.netty.util.collection.IntObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Opens what one leg receives, in place, and refuses what was changed, repeated or too old.
///
/// A stream's roll-over count and replay window exist only after its first authentic packet, and
/// for at most [#MAX_STREAMS] streams.
///
/// Thread: its leg's media loop.
public final class InboundSrtp implements AutoCloseable {
    /// Ten times what a busy peer sends, and 400 KiB at most.
    public static final int MAX_STREAMS = 1_024;

    /// Wide enough for a key frame's packets to overtake each other.
    private static final int RTP_WINDOW = 1_024;

    private static final int RTCP_WINDOW = 64;

    private final SrtpProfile profile;
    private final PacketProtection protection;
    private final IntObjectHashMap<Stream> streams = new IntObjectHashMap<>();
    private byte[] spare = new byte[0];

    private static final class Stream {
        final ReplayWindow rtp = new ReplayWindow(RTP_WINDOW);
        final ReplayWindow rtcp = new ReplayWindow(RTCP_WINDOW);
    }

    public InboundSrtp(SrtpProfile profile, byte[] key, byte[] salt, SrtpCiphers ciphers) {
        this.profile = profile;
        KeyDerivation keys = new KeyDerivation(profile, key, salt);
        this.protection = PacketProtection.of(profile, keys, ciphers.source(), Direction.OPEN);
    }

    /// @return the length in the clear, or a [DropReason] code; then the bytes may be garbled
    public int unprotectRtp(byte[] data, int offset, int length) {
        int headerLength = RtpHeader.validate(data, offset, length);
        if (headerLength < 0) {
            return headerLength;
        }
        if (length - headerLength < profile.rtpOverhead()) {
            return DropReason.MALFORMED.code();
        }
        int ssrc = RtpHeader.ssrc(data, offset);
        @Nullable Stream stream = streams.get(ssrc);
        if (stream == null || stream.rtp.highest() < 0) {
            return unprotectFirst(data, offset, headerLength, length, stream);
        }
        int seq16 = RtpHeader.sequence(data, offset);
        long index = PacketIndex.guess(stream.rtp.highest(), seq16);
        if (index < 0) {
            return DropReason.OUT_OF_RANGE.code();
        }
        if (!stream.rtp.admits(index)) {
            return DropReason.SRTP_REPLAYED.code();
        }
        if (!protection.openRtp(data, offset, headerLength, length, ssrc, index)) {
            return DropReason.SRTP_UNAUTHENTICATED.code();
        }
        stream.rtp.accept(index);
        return length - profile.rtpOverhead();
    }

    /// Roll-over counts begin at 0 (RFC 3711 §3.3.1). A peer that began just below 65,536 and whose
    /// packets up to the wrap were lost would never be understood, so a low sequence number is
    /// tried with 1 as well.
    private int unprotectFirst(
            byte[] data, int offset, int headerLength, int length, @Nullable Stream known) {
        if (known == null && streams.size() >= MAX_STREAMS) {
            return DropReason.TOO_MANY_STREAMS.code();
        }
        int ssrc = RtpHeader.ssrc(data, offset);
        long index = RtpHeader.sequence(data, offset);
        boolean mayHaveWrapped = index < 0x8000;
        if (mayHaveWrapped) {
            keep(data, offset, length);
        }
        boolean authentic = protection.openRtp(data, offset, headerLength, length, ssrc, index);
        if (!authentic && mayHaveWrapped) {
            System.arraycopy(spare, 0, data, offset, length);
            index += 0x1_0000;
            authentic = protection.openRtp(data, offset, headerLength, length, ssrc, index);
        }
        if (!authentic) {
            return DropReason.SRTP_UNAUTHENTICATED.code();
        }
        streamOf(ssrc, known).rtp.accept(index);
        return length - profile.rtpOverhead();
    }

    /// @return the compound's length in the clear, or a [DropReason] code; then the bytes may be
    ///   garbled
    public int unprotectRtcp(byte[] data, int offset, int length) {
        int clear = length - profile.rtcpOverhead();
        if (clear < PacketProtection.RTCP_CLEAR || (data[offset] & 0xc0) != 0x80) {
            return DropReason.MALFORMED.code();
        }
        int indexWord = Bytes.i32(data, offset + protection.indexWordAt(length));
        if ((indexWord & PacketProtection.ENCRYPTED) == 0) { // WebRTC always encrypts
            return DropReason.SRTP_UNAUTHENTICATED.code();
        }
        int ssrc = Bytes.i32(data, offset + 4);
        @Nullable Stream known = streams.get(ssrc);
        if (known == null && streams.size() >= MAX_STREAMS) {
            return DropReason.TOO_MANY_STREAMS.code();
        }
        int index = indexWord & ~PacketProtection.ENCRYPTED;
        if (known != null && !known.rtcp.admits(index)) {
            return DropReason.SRTP_REPLAYED.code();
        }
        if (!protection.openRtcp(data, offset, length, ssrc, indexWord)) {
            return DropReason.SRTP_UNAUTHENTICATED.code();
        }
        streamOf(ssrc, known).rtcp.accept(index);
        return clear;
    }

    /// Streams that have proved themselves.
    public int streams() {
        return streams.size();
    }

    private Stream streamOf(int ssrc, @Nullable Stream known) {
        if (known != null) {
            return known;
        }
        Stream stream = new Stream();
        streams.put(ssrc, stream);
        return stream;
    }

    private void keep(byte[] data, int offset, int length) {
        if (spare.length < length) {
            spare = new byte[length];
        }
        System.arraycopy(data, offset, spare, 0, length);
    }

    /// Frees native keys at once rather than when the collector finds them.
    @Override
    public void close() {
        protection.close();
    }
}
