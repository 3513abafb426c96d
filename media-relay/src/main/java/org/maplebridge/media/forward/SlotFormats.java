package org.maplebridge.media.forward;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.NegotiatedCodec;

/// By which number a subscriber calls the publisher's format, if it knows it at all.
///
/// Thread: its media loop.
final class SlotFormats {
    private final List<NegotiatedCodec> codecs;
    private final List<CodecFormat> known;
    private final int redundantType;
    private @Nullable CodecFormat selected;
    private int payloadType = -1;
    private int retransmissionType = -1;

    SlotFormats(List<NegotiatedCodec> codecs) {
        this.codecs = codecs;
        this.redundantType =
                codecs.stream()
                        .filter(codec -> codec.name() == CodecName.RED)
                        .mapToInt(NegotiatedCodec::payloadType)
                        .findFirst()
                        .orElse(-1);
        this.known = codecs.stream().map(CodecFormat::of).toList();
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
        int found = known.indexOf(format);
        if (found >= 0) {
            choose(codecs.get(found));
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

    /// -1 when the subscriber takes no redundant voice.
    int redundantType() {
        return redundantType;
    }
}
