package org.maplebridge.media.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.ExtensionIds;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedCodec;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.sdp.SsrcPair;

/// The media sections of a link, which both ends make by this rule instead of agreeing on them.
///
/// ```
/// SSRC:  1 rrrrrrrrrrrrrrrrrrrr d k iiiiiiii t
/// ```
///
/// r random bits of the link, d which end sends, k voice, i which section, t its retransmissions:
/// no two of a link are equal, and no section needs to know how many others there are.
final class LinkSections {
    private static final ExtensionIds VOICE_EXTENSIONS = new ExtensionIds(0, 0, 0, 3, 1, 0);
    private static final ExtensionIds PICTURE_EXTENSIONS = new ExtensionIds(0, 0, 0, 3, 0, 5);

    private static final Set<String> PICTURE_FEEDBACK =
            Set.of("nack", "nack pli", "ccm tmmbr", "transport-cc");

    /// Between nodes a repeat is there before a listener's jitter buffer is through, so voice has
    /// retransmissions too, and no redundancy.
    private static final List<NegotiatedCodec> VOICE =
            List.of(
                    new NegotiatedCodec(
                            111,
                            CodecName.OPUS,
                            48_000,
                            2,
                            Map.of(),
                            112,
                            Set.of("nack", "ccm tmmbr", "transport-cc")));

    /// All that publishers' and viewers' sections can be: of H.264 both kinds of baseline, of VP9
    /// and AV1 profile 0.
    private static final List<NegotiatedCodec> PICTURE =
            List.of(
                    picture(96, CodecName.VP8, Map.of()),
                    picture(98, CodecName.H264, h264("42e01f")),
                    picture(100, CodecName.H264, h264("42001f")),
                    picture(102, CodecName.VP9, Map.of()),
                    picture(104, CodecName.AV1, Map.of()));

    private static final int VOICE_BIT = 1 << 9;
    private static final int DIRECTION_BIT = 1 << 10;
    private static final int RANDOM_BITS = -1 << 11;

    private LinkSections() {}

    static List<NegotiatedMedia> of(LinkPlan plan, LinkKeys keys) {
        var sections = new ArrayList<NegotiatedMedia>(plan.pictures() + plan.voices());
        for (int i = 0; i < plan.pictures(); i++) {
            String mid = LinkPlan.picture(i);
            sections.add(section(mid, MediaKind.VIDEO, PICTURE, i << 1, keys));
        }
        for (int i = 0; i < plan.voices(); i++) {
            String mid = LinkPlan.voice(i);
            sections.add(section(mid, MediaKind.AUDIO, VOICE, VOICE_BIT | i << 1, keys));
        }
        return sections;
    }

    private static NegotiatedMedia section(
            String mid, MediaKind kind, List<NegotiatedCodec> codecs, int place, LinkKeys keys) {
        int base = keys.streams() & RANDOM_BITS | 1 << 31 | place;
        int ours = keys.first() ? base : base | DIRECTION_BIT;
        int theirs = ours ^ DIRECTION_BIT;
        return new NegotiatedMedia(
                mid,
                kind,
                true,
                true,
                codecs,
                kind == MediaKind.AUDIO ? VOICE_EXTENSIONS : PICTURE_EXTENSIONS,
                List.of(new SsrcPair(theirs, theirs | 1)),
                List.of(),
                ours,
                ours | 1,
                "link",
                "");
    }

    private static NegotiatedCodec picture(int type, CodecName name, Map<String, String> fmtp) {
        return new NegotiatedCodec(type, name, 90_000, 0, fmtp, type + 1, PICTURE_FEEDBACK);
    }

    private static Map<String, String> h264(String profileLevelId) {
        return Map.of("profile-level-id", profileLevelId, "packetization-mode", "1");
    }
}
