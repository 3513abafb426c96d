package org.maplebridge.media.forward;

import java.util.List;
import java.util.Locale;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.NegotiatedCodec;

/// What a payload is, whatever number a session calls it by. Equal formats can be forwarded as they
/// are.
///
/// @param variant what must be equal besides the name: an H.264 profile and packetization mode, the
///   payload type that RED blocks carry inside; empty where nothing varies
public record CodecFormat(CodecName name, int clockRate, int channels, String variant) {
    /// @param section all formats of the codec's media section: RED wraps one of them
    public static CodecFormat of(NegotiatedCodec codec, List<NegotiatedCodec> section) {
        return new CodecFormat(
                codec.name(), codec.clockRate(), codec.channels(), variantOf(codec, section));
    }

    private static String variantOf(NegotiatedCodec codec, List<NegotiatedCodec> section) {
        return switch (codec.name()) {
            case OPUS, VP8 -> "";
            case RED -> Integer.toString(opusPayloadType(section));
            case H264 -> h264Variant(codec);
        };
    }

    /// RED names its blocks by payload type, so it passes unchanged only between sessions that call
    /// Opus the same (RFC 2198 §3). -1 when there is no Opus.
    static int opusPayloadType(List<NegotiatedCodec> section) {
        for (NegotiatedCodec codec : section) {
            if (codec.name() == CodecName.OPUS) {
                return codec.payloadType();
            }
        }
        return -1;
    }

    /// The level is left out: a decoder takes what is at most its own, and browsers say 3.1 for all
    /// (RFC 6184 §8.1).
    private static String h264Variant(NegotiatedCodec codec) {
        String profileLevel =
                codec.fmtp().getOrDefault("profile-level-id", "42e01f").toLowerCase(Locale.ROOT);
        String mode = codec.fmtp().getOrDefault("packetization-mode", "0");
        String profile = profileLevel.length() >= 4 ? profileLevel.substring(0, 4) : profileLevel;
        return (isConstrainedBaseline(profile) ? "constrained-baseline" : profile) + "/" + mode;
    }

    /// Baseline with constraint_set1: `42e0`, `42c0`, `4240` mean the same to a decoder.
    private static boolean isConstrainedBaseline(String profile) {
        if (!profile.startsWith("42") || profile.length() < 3) {
            return false;
        }
        return (Character.digit(profile.charAt(2), 16) & 0x4) != 0;
    }
}
