package org.maplebridge.media.forward;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.record.HeldPacket;
import org.maplebridge.media.record.file.RecordedFormat;
import org.maplebridge.media.record.file.RecordedFormat.Codec;
import org.maplebridge.media.rtp.AudioLevel;
import org.maplebridge.media.rtp.KeyFrames;
import org.maplebridge.media.rtp.RtpExtensions;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.MediaKind;

/// One packet of a stream in the clear: its payload, and what its header said.
///
/// Filled once, then only read. It goes back to its pool when the last ring that keeps it lets go;
/// rings on several loops may keep it, so the count is atomic (touched per ring, never per
/// receiver).
///
/// Thread: filled on its home loop; any afterwards, unchanged.
public final class MediaPacket implements HeldPacket {
    /// "The header carried no audio level."
    public static final int NO_AUDIO_LEVEL = -1;

    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES =
                    MethodHandles.lookup()
                            .findVarHandle(MediaPacket.class, "references", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final byte[] payload;
    final PacketPool home;
    int payloadLength;

    /// Of the dependency descriptor that lies behind the payload; 0 where the header had none.
    int descriptorLength;

    /// Place in its line: counted without wraps and without the gaps of packets left out.
    long seq;

    int timestamp;
    boolean marker;
    boolean startsKeyFrame;
    int audioLevel = NO_AUDIO_LEVEL;
    CodecFormat format = PacketPool.NO_FORMAT;
    long arrivalNanos;

    /// The next one in the pool's list of packets that other loops gave back.
    @Nullable MediaPacket nextReturned;

    @SuppressWarnings("unused") // through REFERENCES
    private int references;

    MediaPacket(PacketPool home, int capacity) {
        this.home = home;
        this.payload = new byte[capacity];
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public int timestamp() {
        return timestamp;
    }

    @Override
    public int payloadLength() {
        return payloadLength;
    }

    @Override
    public boolean marker() {
        return marker;
    }

    @Override
    public boolean startsKeyFrame() {
        return startsKeyFrame;
    }

    @Override
    public long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public @Nullable RecordedFormat recordedFormat() {
        Codec codec = Codec.named(format.name().sdpName());
        return codec == null
                ? null
                : new RecordedFormat(
                        codec, format.clockRate(), format.channels(), format.variant());
    }

    /// Takes over what the header at `offset` says besides numbers: its marker, and one extension.
    ///
    /// @param extensionId of a voice's level or a picture's dependency descriptor; 0 for none
    void takeHeader(byte[] data, int offset, MediaKind kind, int extensionId) {
        marker = RtpHeader.marker(data, offset);
        audioLevel = NO_AUDIO_LEVEL;
        descriptorLength = 0;
        int found =
                extensionId == 0
                        ? RtpExtensions.NOT_FOUND
                        : RtpExtensions.find(data, offset, extensionId);
        if (found == RtpExtensions.NOT_FOUND) {
            return;
        }
        int from = RtpExtensions.position(offset, found);
        int length = RtpExtensions.length(found);
        if (kind == MediaKind.VIDEO) {
            System.arraycopy(data, from, payload, payloadLength, length);
            descriptorLength = length;
        } else if (length > 0) {
            audioLevel = data[from] & 0xff;
        }
    }

    /// Whether its payload begins a picture that needs none before it.
    boolean looksLikeKeyFrame() {
        return switch (format.name()) {
            case VP8 -> KeyFrames.startsVp8(payload, 0, payloadLength);
            case H264 -> KeyFrames.startsH264(payload, 0, payloadLength);
            case VP9 -> KeyFrames.startsVp9(payload, 0, payloadLength);
            case AV1 -> KeyFrames.startsAv1(payload, 0, payloadLength);
            case OPUS, RED -> false;
        };
    }

    /// Whether its sender says that nothing can be heard in it (RFC 6464 §3). Never without the
    /// header extension: it may be voice.
    public boolean digitalSilence() {
        return audioLevel != NO_AUDIO_LEVEL && AudioLevel.level(audioLevel) == AudioLevel.SILENT;
    }

    @Override
    public void retain() {
        REFERENCES.getAndAdd(this, 1);
    }

    @Override
    public void letGo() {
        release(null);
    }

    /// @param here the pool of the calling loop; null on a thread that is none
    public void release(@Nullable PacketPool here) {
        int before = (int) REFERENCES.getAndAdd(this, -1);
        if (before == 1) {
            home.takeBack(this, here);
        } else if (before < 1) {
            throw new IllegalStateException("released more often than retained");
        }
    }

    /// Becomes another stream's packet with the same content; numbers are the caller's to set.
    void copyContent(MediaPacket other) {
        int length = other.payloadLength + other.descriptorLength;
        System.arraycopy(other.payload, 0, payload, 0, length);
        payloadLength = other.payloadLength;
        descriptorLength = other.descriptorLength;
        marker = other.marker;
        startsKeyFrame = other.startsKeyFrame;
        audioLevel = other.audioLevel;
        format = other.format;
        arrivalNanos = other.arrivalNanos;
    }
}
