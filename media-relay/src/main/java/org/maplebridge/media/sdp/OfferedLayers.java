package org.maplebridge.media.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.maplebridge.media.sdp.text.SdpText.Section;
import org.maplebridge.media.sdp.text.SdpTokens;

/// The simulcast layers a section offers to send: `a=rid` (RFC 8851) and `a=simulcast` (RFC 8853).
/// What is not as we take it counts as one stream. Or it is one stream of several resolutions, of
/// VP9 or AV1: their number is said by the packets alone.
final class OfferedLayers {
    /// What web pages send: a thumbnail, a tile, a large picture.
    static final int MOST = 3;

    /// What pages send of a scalable stream, the lowest first.
    static final List<String> RESOLUTIONS = List.of("s0", "s1", "s2");

    /// RFC 8852 §3 sets no limit; the one-byte form of header extensions holds so much.
    private static final int LONGEST_RID = 16;

    private OfferedLayers() {}

    /// In the offer's order, which browsers have from the lowest to the highest; empty when there
    /// are not two or three of VP8 that can be told apart.
    static List<String> of(OfferedSession.Usable section) {
        return scalable(section) ? RESOLUTIONS : simulcast(section);
    }

    static boolean scalable(OfferedSession.Usable section) {
        return section.kind() == MediaKind.VIDEO
                && !section.codecs().isEmpty()
                && section.codecs().getFirst().name().scalable()
                && RtpHeaderExtensions.of(section.text()).dependency() != 0;
    }

    private static List<String> simulcast(OfferedSession.Usable section) {
        Section text = section.text();
        boolean vp8 =
                section.kind() == MediaKind.VIDEO
                        && !section.codecs().isEmpty()
                        && section.codecs().getFirst().name() == CodecName.VP8;
        ExtensionIds ids = RtpHeaderExtensions.of(text);
        List<String> offered = text.attributes().all("simulcast");
        if (!vp8 || ids.mid() == 0 || ids.rid() == 0 || offered.size() != 1) {
            return List.of();
        }
        List<String> rids = sent(offered.getFirst());
        Set<String> known = declared(text);
        boolean usable = rids.size() > 1 && rids.size() <= MOST && known.containsAll(rids);
        return usable && Set.copyOf(rids).size() == rids.size() ? rids : List.of();
    }

    /// Of alternatives the first; paused ones count.
    private static List<String> sent(String simulcast) {
        String[] words = simulcast.strip().split(" +");
        var rids = new ArrayList<String>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals("send")) {
                for (String layer : words[i + 1].split(";", MOST + 2)) {
                    String first = layer.split(",", 2)[0];
                    rids.add(first.startsWith("~") ? first.substring(1) : first);
                }
            }
        }
        return List.copyOf(rids);
    }

    private static Set<String> declared(Section text) {
        var rids = new HashSet<String>();
        for (String value : text.attributes().all("rid")) {
            String[] words = value.split(" ", 3);
            boolean fits = words[0].length() <= LONGEST_RID && SdpTokens.token(words[0]);
            if (words.length >= 2 && words[1].equals("send") && fits) {
                rids.add(words[0]);
            }
        }
        return rids;
    }
}
