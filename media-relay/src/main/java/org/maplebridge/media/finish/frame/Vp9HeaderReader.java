package org.maplebridge.media.finish.frame;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.BitReader;

/// Reads one uncompressed header to its end (VP9 bitstream specification, 6.2 and 7.2).
///
/// Thread: confined to its caller.
final class Vp9HeaderReader {
    private static final int FRAME_MARKER = 2;
    private static final int SYNC_CODE = 0x498342;
    private static final int RGB = 7;
    private static final int ALL_SLOTS = 0xff;
    private static final int REFERENCES = 3;
    private static final int[] FEATURE_BITS = {8, 6, 2, 0};
    private static final int SIGNED_FEATURES = 2;
    private static final int LEAST_TILE = 4;
    private static final int LARGEST_TILE = 64;

    private final BitReader in;
    private final int length;
    private final int[] widths;
    private final int[] heights;
    private int profile;
    private int width;
    private int height;
    private int refreshed;
    private boolean sound = true;

    /// @param widths of the frames that may be referred to
    Vp9HeaderReader(byte[] frame, int[] widths, int[] heights) {
        this.in = new BitReader(frame, 0, frame.length);
        this.length = frame.length;
        this.widths = widths;
        this.heights = heights;
    }

    /// @return null when it is none, or shows an earlier frame
    @Nullable Vp9Header read() {
        sound = in.bits(2) == FRAME_MARKER;
        profile = in.bits(1) | in.bits(1) << 1;
        if (profile == 3) {
            in.skip(1);
        }
        if (!sound || in.flag()) {
            return null;
        }
        boolean key = !in.flag();
        int shownAt = in.at();
        boolean shown = in.flag();
        boolean resilient = in.flag();
        if (key) {
            syncCode();
            colors();
            ownSize();
            refreshed = ALL_SLOTS;
        } else {
            referring(shown, resilient);
        }
        if (!resilient) {
            in.skip(2); // refresh_frame_context, frame_parallel_decoding_mode
        }
        in.skip(2); // frame_context_idx
        loopFilter();
        quantization();
        segmentation();
        tiles();
        int compressed = in.bits(16);
        int bits = in.at();
        boolean whole = compressed > 0 && (bits + 7) / 8 + compressed <= length;
        return sound && whole && width > 0
                ? new Vp9Header(key, shown, width, height, refreshed, shownAt, bits)
                : null;
    }

    private void referring(boolean shown, boolean resilient) {
        boolean intraOnly = !shown && in.flag();
        if (!resilient) {
            in.skip(2); // reset_frame_context
        }
        if (intraOnly) {
            syncCode();
            if (profile > 0) {
                colors();
            }
            refreshed = in.bits(8);
            ownSize();
            return;
        }
        refreshed = in.bits(8);
        int[] references = new int[REFERENCES];
        for (int i = 0; i < REFERENCES; i++) {
            references[i] = in.bits(3);
            in.skip(1); // ref_frame_sign_bias
        }
        sizeLike(references);
        in.skip(1); // allow_high_precision_mv
        if (!in.flag()) {
            in.skip(2); // raw_interpolation_filter
        }
    }

    private void syncCode() {
        sound &= in.bits(24) == SYNC_CODE;
    }

    private void colors() {
        if (profile >= 2) {
            in.skip(1); // ten_or_twelve_bit
        }
        boolean subsampled = (profile & 1) == 1;
        if (in.bits(3) == RGB) {
            in.skip(subsampled ? 1 : 0);
        } else {
            in.skip(1 + (subsampled ? 3 : 0));
        }
    }

    private void ownSize() {
        width = in.bits(16) + 1;
        height = in.bits(16) + 1;
        in.skipIfThere(32); // render_size
    }

    private void sizeLike(int[] references) {
        for (int reference : references) {
            if (in.flag()) {
                width = widths[reference];
                height = heights[reference];
                in.skipIfThere(32); // render_size
                return;
            }
        }
        ownSize();
    }

    private void loopFilter() {
        in.skip(6 + 3);
        boolean deltas = in.flag();
        if (deltas && in.flag()) {
            for (int i = 0; i < 4 + 2; i++) {
                in.skipIfThere(7);
            }
        }
    }

    private void quantization() {
        in.skip(8);
        for (int i = 0; i < 3; i++) {
            in.skipIfThere(5);
        }
    }

    private void segmentation() {
        if (!in.flag()) {
            return;
        }
        if (in.flag()) {
            for (int i = 0; i < 7; i++) {
                in.skipIfThere(8);
            }
            if (in.flag()) { // segmentation_temporal_update
                for (int i = 0; i < 3; i++) {
                    in.skipIfThere(8);
                }
            }
        }
        if (in.flag()) {
            in.skip(1);
            for (int i = 0; i < 8 * FEATURE_BITS.length; i++) {
                int feature = i % FEATURE_BITS.length;
                in.skipIfThere(FEATURE_BITS[feature] + (feature < SIGNED_FEATURES ? 1 : 0));
            }
        }
    }

    private void tiles() {
        int blocks = (width + 63) / 64;
        int least = 0;
        while (LARGEST_TILE << least < blocks) {
            least++;
        }
        int most = 1;
        while (blocks >> most >= LEAST_TILE) {
            most++;
        }
        most--;
        while (least < most && in.flag()) {
            least++;
        }
        if (in.flag()) {
            in.skip(1); // tile_rows_log2
        }
    }
}
