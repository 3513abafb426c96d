package org.maplebridge.media.leg;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.NegotiatedCodec;

/// What the payload types of one media section stand for.
///
/// Thread: any, immutable.
final class PayloadTypes {
    static final int NONE = -1;

    private final @Nullable CodecFormat[] formats = new CodecFormat[128];
    private final int[] retransmitted = new int[128];
    private final int opus;

    PayloadTypes(List<NegotiatedCodec> codecs) {
        Arrays.fill(retransmitted, NONE);
        int voice = NONE;
        for (NegotiatedCodec codec : codecs) {
            formats[codec.payloadType() & 0x7f] = CodecFormat.of(codec);
            voice = codec.name() == CodecName.OPUS ? codec.payloadType() : voice;
            if (codec.rtxPayloadType() >= 0) {
                retransmitted[codec.rtxPayloadType() & 0x7f] = codec.payloadType();
            }
        }
        opus = voice;
    }

    /// The type of plain voice, which the blocks of redundant voice name too; or [#NONE].
    int opus() {
        return opus;
    }

    @Nullable CodecFormat format(int payloadType) {
        return formats[payloadType];
    }

    /// The type whose packets this one carries again, or [#NONE].
    int retransmittedBy(int payloadType) {
        return retransmitted[payloadType];
    }

    boolean knows(int payloadType) {
        return formats[payloadType] != null || retransmitted[payloadType] != NONE;
    }
}
