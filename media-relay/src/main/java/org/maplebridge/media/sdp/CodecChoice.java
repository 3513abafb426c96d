package org.maplebridge.media.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.sdp.OfferedCodecs.Codec;
import org.maplebridge.media.sdp.text.SdpTokens;

/// Which of the offered codecs we take, best first.
///
/// Audio: Opus, then RED of Opus, so that a browser sends plain Opus and still understands RED;
/// where the offerer sends and wants RED first, RED first. Video: VP8, then one H.264, of baseline
/// profile and with fragmentation (packetization mode 1), then VP9 and AV1 of their main profiles:
/// a publisher that wants one of these offers nothing else.
final class CodecChoice {
    private static final int OPUS_RATE = 48_000;
    private static final int VIDEO_RATE = 90_000;

    /// constraint_set1_flag of profile-iop: decodable by main-profile decoders too (RFC 6184 §8.1).
    private static final int CONSTRAINED = 0x40;

    private CodecChoice() {}

    /// @param peerSends whether the offerer's order says what it would like to send
    static List<NegotiatedCodec> choose(MediaKind kind, OfferedCodecs offered, boolean peerSends) {
        return switch (kind) {
            case AUDIO -> audio(offered, peerSends);
            case VIDEO -> video(offered);
        };
    }

    /// What of them the plan wants: with [Redundancy#ALWAYS] a microphone is asked for RED, with
    /// [Redundancy#NEVER] nobody hears of it.
    static List<NegotiatedCodec> wanted(
            List<NegotiatedCodec> chosen, Redundancy redundancy, boolean peerSends) {
        return switch (redundancy) {
            case AUTO -> chosen;
            case ALWAYS ->
                    peerSends
                            ? chosen.stream()
                                    .sorted(Comparator.comparing(c -> c.name() != CodecName.RED))
                                    .toList()
                            : chosen;
            case NEVER -> chosen.stream().filter(c -> c.name() != CodecName.RED).toList();
        };
    }

    private static List<NegotiatedCodec> audio(OfferedCodecs offered, boolean peerSends) {
        var chosen = new ArrayList<NegotiatedCodec>();
        Codec opus = first(offered, "opus", OPUS_RATE);
        if (opus != null) {
            chosen.add(negotiated(opus, CodecName.OPUS, -1));
            Codec red = first(offered, "red", OPUS_RATE);
            if (red != null && redOf(red, opus.payloadType())) {
                boolean redFirst = peerSends && offered.before(red, opus);
                chosen.add(redFirst ? 0 : 1, negotiated(red, CodecName.RED, -1));
            }
        }
        return chosen;
    }

    /// `a=fmtp:63 111/111`: redundancy whose blocks are all this Opus (RFC 2198 §5).
    private static boolean redOf(Codec red, int opus) {
        String blocks = String.join(";", red.fmtp().keySet());
        return !blocks.isEmpty()
                && List.of(blocks.split("/", -1)).stream().allMatch(Integer.toString(opus)::equals);
    }

    private static List<NegotiatedCodec> video(OfferedCodecs offered) {
        var chosen = new ArrayList<NegotiatedCodec>();
        Codec vp8 = first(offered, "vp8", VIDEO_RATE);
        if (vp8 != null) {
            chosen.add(negotiated(vp8, CodecName.VP8, offered.rtxOf(vp8.payloadType())));
        }
        Codec h264 = bestH264(offered);
        if (h264 != null) {
            chosen.add(negotiated(h264, CodecName.H264, offered.rtxOf(h264.payloadType())));
        }
        Codec vp9 = ofProfile(offered, "vp9", "profile-id");
        if (vp9 != null) {
            chosen.add(negotiated(vp9, CodecName.VP9, offered.rtxOf(vp9.payloadType())));
        }
        Codec av1 = ofProfile(offered, "av1", "profile");
        if (av1 != null) {
            chosen.add(negotiated(av1, CodecName.AV1, offered.rtxOf(av1.payloadType())));
        }
        return chosen;
    }

    private static @Nullable Codec bestH264(OfferedCodecs offered) {
        Codec best = null;
        for (Codec codec : offered.byPayloadType().values()) {
            if (codec.is("h264", VIDEO_RATE)
                    && "1".equals(codec.fmtp().get("packetization-mode"))
                    && baseline(codec)
                    && (best == null || (constrained(codec) && !constrained(best)))) {
                best = codec;
            }
        }
        return best;
    }

    private static String profile(Codec codec) {
        return codec.fmtp().getOrDefault("profile-level-id", "");
    }

    /// Without the parameter it is baseline too (RFC 6184 §8.1).
    private static boolean baseline(Codec codec) {
        String profile = profile(codec);
        return profile.isEmpty() || (SdpTokens.hex(profile, 6) && profile.startsWith("42"));
    }

    private static boolean constrained(Codec codec) {
        String profile = profile(codec);
        return !profile.isEmpty()
                && (Integer.parseInt(profile.substring(2, 4), 16) & CONSTRAINED) != 0;
    }

    /// The first of profile 0: eight bits, 4:2:0, and what is meant where nothing is said (RFC 9628
    /// §6; AV1 RTP specification, 7.2.1).
    private static @Nullable Codec ofProfile(OfferedCodecs offered, String name, String parameter) {
        for (Codec codec : offered.byPayloadType().values()) {
            if (codec.is(name, VIDEO_RATE)
                    && codec.fmtp().getOrDefault(parameter, "0").equals("0")) {
                return codec;
            }
        }
        return null;
    }

    private static @Nullable Codec first(OfferedCodecs offered, String name, int rate) {
        for (Codec codec : offered.byPayloadType().values()) {
            if (codec.is(name, rate)) {
                return codec;
            }
        }
        return null;
    }

    private static NegotiatedCodec negotiated(Codec codec, CodecName name, int rtx) {
        // Sorted, so that equal offers give equal answers.
        Set<String> feedback = new TreeSet<>(codec.feedback());
        if (name == CodecName.RED) {
            feedback.remove("nack"); // a lost block comes again in the next packet anyway
        }
        return new NegotiatedCodec(
                codec.payloadType(),
                name,
                codec.clockRate(),
                codec.channels(),
                codec.fmtp(),
                rtx,
                feedback);
    }
}
