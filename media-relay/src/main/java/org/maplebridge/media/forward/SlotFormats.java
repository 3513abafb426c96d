package org.maplebridge.media.forward;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.NegotiatedCodec;

/// By which number a subscriber calls the publisher's format, if it knows it at all.
///
/// Thread: its media loop.
final class SlotFormats {
    private final List<NegotiatedCodec> codecs;
    private final List<CodecFormat> known;
    private @Nullable CodecFormat selected;
    private int payloadType = -1;
    private int retransmissionType = -1;
    private boolean unpacksRed;

    SlotFormats(List<NegotiatedCodec> codecs) {
        this.codecs = codecs;
        this.known = codecs.stream().map(codec -> CodecFormat.of(codec, codecs)).toList();
    }

    /// Looks the format up; cheap when it is the one of last time.
    ///
    /// @return false when the subscriber cannot take it
    boolean select(CodecFormat format) {
        if (format != selected) {
            lookUp(format);
            selected = format;
        }
        return payloadType >= 0;
    }

    private void lookUp(CodecFormat format) {
        payloadType = -1;
        retransmissionType = -1;
        unpacksRed = false;
        int found = known.indexOf(format);
        if (found >= 0) {
            choose(codecs.get(found));
            return;
        }
        if (format.name() == CodecName.RED) {
            for (NegotiatedCodec codec : codecs) {
                if (codec.name() == CodecName.OPUS) {
                    choose(codec);
                    unpacksRed = true;
                    return;
                }
            }
        }
    }

    private void choose(NegotiatedCodec codec) {
        payloadType = codec.payloadType();
        retransmissionType = codec.rtxPayloadType();
    }

    int payloadType() {
        return payloadType;
    }

    /// -1 when retransmissions go out as they first did.
    int retransmissionType() {
        return retransmissionType;
    }

    /// Whether only the newest block of a redundant packet goes out.
    boolean unpacksRed() {
        return unpacksRed;
    }
}
