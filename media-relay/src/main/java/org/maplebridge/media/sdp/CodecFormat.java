package org.maplebridge.media.sdp;

import java.util.Locale;

/// What a payload is, whatever number a session calls it by. Equal formats can be forwarded as they
/// are.
///
/// Redundant voice is no format of its own on a line: it is opened when it comes.
///
/// @param channels by the rule, not by the offer: some say 1 for a picture
/// @param variant what must be equal besides the name: an H.264 profile and packetization mode, the
///   profile of VP9 and AV1; empty where nothing varies
public record CodecFormat(CodecName name, int clockRate, int channels, String variant) {
    public static CodecFormat of(NegotiatedCodec codec) {
        String variant =
                switch (codec.name()) {
                    case OPUS, RED, VP8 -> "";
                    case H264 -> h264Variant(codec);
                    case VP9 -> codec.fmtp().getOrDefault("profile-id", "0"); // RFC 9628 §6
                    case AV1 -> codec.fmtp().getOrDefault("profile", "0");
                };
        int channels =
                switch (codec.name()) {
                    case OPUS, RED -> 2; // to be said whatever the packets hold (RFC 7587 §7)
                    case VP8, H264, VP9, AV1 -> 0;
                };
        return new CodecFormat(codec.name(), codec.clockRate(), channels, variant);
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
