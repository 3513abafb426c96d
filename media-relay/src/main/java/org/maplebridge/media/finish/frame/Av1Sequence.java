package org.maplebridge.media.finish.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.BitReader;

/// What containers want to know of a sequence header (AV1 bitstream specification, 5.5).
///
/// @param length of its own bytes
/// @param still whether it is of one picture alone (`reduced_still_picture_header`)
/// @param pointAt at which bit of the header the first operating point's layers are told; 0 when
///   they are not
/// @param level of the first operating point, with the tier
/// @param color eight bits as AV1CodecConfigurationRecord has them behind profile and level, but
///   for the tier
record Av1Sequence(
        int length,
        int profile,
        boolean still,
        int pointAt,
        int level,
        boolean highTier,
        int color) {
    private static final int MARKER_AND_VERSION = 0x81;
    private static final int POINT_BITS = 12;
    private static final int RESOLUTIONS = 4;
    private static final int TIERED_LEVEL = 7;

    /// @param unit the header's own bytes
    /// @return null when it is none
    static @Nullable Av1Sequence read(byte[] unit) {
        return new Reader(unit).read();
    }

    /// Says of a stream of several resolutions that there are these alone (6.4.1,
    /// `operating_point_idc`): decoders show a picture when its highest one has come, and of one
    /// that lacks the highest they would show nothing.
    ///
    /// @param at where the header's unit begins
    /// @param resolutions bit i: whether resolution i is there
    void tellResolutions(byte[] data, int at, int resolutions) {
        int own = at + Av1Unit.head(data, at);
        var point = new BitReader(data, own, data.length - own);
        point.skip(pointAt);
        int told = pointAt == 0 ? 0 : point.bits(POINT_BITS);
        int first = 8 * own + pointAt;
        for (int i = 0; i < RESOLUTIONS && told != 0; i++) {
            int bit = first + RESOLUTIONS - 1 - i; // the highest one's comes first
            int mask = 0x80 >> (bit & 7);
            boolean there = (resolutions >> i & 1) == 1;
            data[bit >> 3] = (byte) (there ? data[bit >> 3] | mask : data[bit >> 3] & ~mask);
        }
    }

    /// "AV1 Codec ISO Media File Format Binding", 2.3.3.
    ///
    /// @param at where the header's unit begins
    byte[] configuration(byte[] data, int at) {
        int end = at + Av1Unit.head(data, at) + length;
        return ByteBuffer.allocate(4 + end - at)
                .put((byte) MARKER_AND_VERSION)
                .put((byte) (profile << 5 | level))
                .put((byte) ((highTier ? 0x80 : 0) | color))
                .put((byte) 0) // no delay before what is shown first
                .put(data, at, end - at)
                .array();
    }

    /// Once through, in the specification's order.
    ///
    /// Thread: confined to its caller.
    private static final class Reader {
        private final BitReader in;
        private final int length;
        private int profile;
        private boolean still;
        private int pointAt;
        private int level;
        private boolean highTier;
        private boolean decoderModel;
        private int delayBits;

        Reader(byte[] unit) {
            in = new BitReader(unit, 0, unit.length);
            length = unit.length;
        }

        @Nullable Av1Sequence read() {
            profile = in.bits(3);
            in.skip(1); // still_picture
            still = in.flag();
            if (still) {
                level = in.bits(5);
            } else {
                timing();
                operatingPoints();
            }
            size();
            tools();
            int color = color();
            return in.overrun() || profile > 2
                    ? null
                    : new Av1Sequence(length, profile, still, pointAt, level, highTier, color);
        }

        private void timing() {
            if (!in.flag()) {
                return;
            }
            in.skip(32 + 32);
            if (in.flag()) {
                variableLength(); // num_ticks_per_picture_minus_1
            }
            decoderModel = in.flag();
            if (decoderModel) {
                delayBits = in.bits(5) + 1;
                in.skip(32 + 5 + 5);
            }
        }

        private void variableLength() {
            int zeros = 0;
            while (zeros < 32 && !in.overrun() && !in.flag()) {
                zeros++;
            }
            in.skip(zeros < 32 ? zeros : 0);
        }

        private void operatingPoints() {
            boolean displayDelay = in.flag();
            int points = in.bits(5) + 1;
            for (int i = 0; i < points; i++) {
                pointAt = i == 0 ? in.at() : pointAt;
                in.skip(POINT_BITS);
                int its = in.bits(5);
                boolean high = its > TIERED_LEVEL && in.flag();
                if (i == 0) {
                    level = its;
                    highTier = high;
                }
                if (decoderModel) {
                    in.skipIfThere(2 * delayBits + 1);
                }
                if (displayDelay) {
                    in.skipIfThere(4);
                }
            }
        }

        private void size() {
            int widthBits = in.bits(4) + 1;
            int heightBits = in.bits(4) + 1;
            in.skip(widthBits + heightBits);
            if (!still) {
                in.skipIfThere(4 + 3); // frame ids
            }
        }

        private void tools() {
            in.skip(3); // use_128x128_superblock to enable_intra_edge_filter
            if (!still) {
                in.skip(4); // enable_interintra_compound to enable_dual_filter
                boolean orderHint = in.flag();
                in.skip(orderHint ? 2 : 0);
                boolean chosen = in.flag(); // seq_choose_screen_content_tools
                boolean screen = chosen || in.flag();
                if (screen && !in.flag()) {
                    in.skip(1); // seq_force_integer_mv
                }
                in.skip(orderHint ? 3 : 0);
            }
            in.skip(3); // enable_superres, enable_cdef, enable_restoration
        }

        private int color() {
            boolean high = in.flag();
            boolean twelve = profile == 2 && high && in.flag();
            boolean mono = profile != 1 && in.flag();
            int primaries = 2;
            int transfer = 2;
            int matrix = 2;
            if (in.flag()) {
                primaries = in.bits(8);
                transfer = in.bits(8);
                matrix = in.bits(8);
            }
            int depth = (high ? 0x40 : 0) | (twelve ? 0x20 : 0) | (mono ? 0x10 : 0);
            if (mono) {
                in.skip(1); // color_range
                return depth | 0x0c;
            }
            if (primaries == 1 && transfer == 13 && matrix == 0) {
                return depth; // sRGB
            }
            in.skip(1); // color_range
            int subsampling = subsampling(twelve);
            int position = subsampling == 0x0c ? in.bits(2) : 0;
            return depth | subsampling | position;
        }

        private int subsampling(boolean twelve) {
            if (profile == 2 && twelve) {
                boolean across = in.flag();
                return (across ? 0x08 : 0) | (across && in.flag() ? 0x04 : 0);
            }
            return switch (profile) {
                case 0 -> 0x0c;
                case 1 -> 0;
                default -> 0x08;
            };
        }
    }
}
