package org.maplebridge.media.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.ExtensionIds;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedCodec;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.sdp.SsrcPair;

/// Negotiated sections as a browser's offer would give them.
public final class Sections {
    public static final ExtensionIds IDS = new ExtensionIds(4, 10, 11, 3, 1, 0);

    /// Of a section that sends a scalable picture.
    public static final ExtensionIds SCALABLE_IDS = new ExtensionIds(4, 10, 11, 3, 1, 12);

    private static final Set<String> VIDEO_FEEDBACK =
            Set.of("nack", "nack pli", "ccm fir", "goog-remb");

    private Sections() {}

    public static NegotiatedCodec vp8(int type, int rtxType) {
        return new NegotiatedCodec(
                type, CodecName.VP8, 90_000, 0, Map.of(), rtxType, VIDEO_FEEDBACK);
    }

    public static NegotiatedCodec h264(int type, int rtxType, String profileLevelId) {
        return new NegotiatedCodec(
                type,
                CodecName.H264,
                90_000,
                0,
                Map.of("profile-level-id", profileLevelId, "packetization-mode", "1"),
                rtxType,
                VIDEO_FEEDBACK);
    }

    public static NegotiatedCodec vp9(int type, int rtxType) {
        return new NegotiatedCodec(
                type, CodecName.VP9, 90_000, 0, Map.of("profile-id", "0"), rtxType, VIDEO_FEEDBACK);
    }

    public static NegotiatedCodec opus(int type) {
        return new NegotiatedCodec(type, CodecName.OPUS, 48_000, 2, Map.of(), -1, Set.of());
    }

    public static NegotiatedCodec red(int type) {
        return new NegotiatedCodec(type, CodecName.RED, 48_000, 2, Map.of(), -1, Set.of());
    }

    public static NegotiatedMedia sending(
            String mid, MediaKind kind, int ssrc, int rtxSsrc, NegotiatedCodec... codecs) {
        List<SsrcPair> ssrcs = ssrc == 0 ? List.of() : List.of(new SsrcPair(ssrc, rtxSsrc));
        return new NegotiatedMedia(
                mid, kind, true, false, List.of(codecs), IDS, ssrcs, List.of(), 0, 0, "us", "");
    }

    /// In layers, told by the stream ids on their packets.
    public static NegotiatedMedia layered(
            String mid, List<String> rids, NegotiatedCodec... codecs) {
        return new NegotiatedMedia(
                mid,
                MediaKind.VIDEO,
                true,
                false,
                List.of(codecs),
                IDS,
                List.of(),
                rids,
                0,
                0,
                "us",
                "");
    }

    /// One stream of several resolutions.
    public static NegotiatedMedia scalable(
            String mid, int ssrc, int rtxSsrc, NegotiatedCodec... codecs) {
        return new NegotiatedMedia(
                mid,
                MediaKind.VIDEO,
                true,
                false,
                List.of(codecs),
                SCALABLE_IDS,
                List.of(new SsrcPair(ssrc, rtxSsrc)),
                List.of("s0", "s1", "s2"),
                0,
                0,
                "us",
                "");
    }

    public static NegotiatedMedia receiving(
            String mid, MediaKind kind, int ssrc, int rtxSsrc, NegotiatedCodec... codecs) {
        return receiving(mid, kind, IDS, ssrc, rtxSsrc, codecs);
    }

    public static NegotiatedMedia receiving(
            String mid,
            MediaKind kind,
            ExtensionIds ids,
            int ssrc,
            int rtxSsrc,
            NegotiatedCodec... codecs) {
        return new NegotiatedMedia(
                mid,
                kind,
                false,
                true,
                List.of(codecs),
                ids,
                List.of(),
                List.of(),
                ssrc,
                rtxSsrc,
                "us",
                "s t");
    }
}
