package org.maplebridge.media.record.file;

import org.jspecify.annotations.Nullable;

/// What the payloads of a recording are.
///
/// @param clockRate of their timestamps, in Hz
/// @param channels 0 of a picture
/// @param variant what tells apart two formats of the same name, such as an H.264 profile
public record RecordedFormat(Codec codec, int clockRate, int channels, String variant) {
    /// Numbered as in the file.
    public enum Codec {
        OPUS(1, "opus"),
        VP8(2, "VP8"),
        H264(3, "H264"),
        VP9(4, "VP9"),
        AV1(5, "AV1");

        final int code;
        private final String sdpName;

        Codec(int code, String sdpName) {
            this.code = code;
            this.sdpName = sdpName;
        }

        /// @param name as SDP spells it
        public static @Nullable Codec named(String name) {
            for (Codec codec : values()) {
                if (codec.sdpName.equals(name)) {
                    return codec;
                }
            }
            return null;
        }

        static @Nullable Codec of(int code) {
            for (Codec codec : values()) {
                if (codec.code == code) {
                    return codec;
                }
            }
            return null;
        }

        public boolean picture() {
            return this != OPUS;
        }
    }
}
