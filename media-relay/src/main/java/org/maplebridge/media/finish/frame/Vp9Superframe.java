package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one sample of a picture's layer frames: a superframe, with the index behind them that says
/// how long each is (VP9 bitstream specification, annex B).
///
/// Encoders of several resolutions mark all of them as shown, since who receives them knows which
/// one it wants. Players of files show whatever is marked, so all but the last one are marked as
/// not shown.
///
/// Thread: confined to its track.
final class Vp9Superframe {
    static final int MOST_FRAMES = 8;

    private static final int MARKER = 0xc0;

    private final Vp9Sizes sizes = new Vp9Sizes();

    /// @param picture in order of decoding: all pictures since a key frame
    /// @param begins where its layer frames begin, at most [#MOST_FRAMES]
    byte[] join(byte[] picture, List<Integer> begins) {
        var frames = new ArrayList<byte[]>();
        for (int i = 0; i < begins.size(); i++) {
            int end = i + 1 < begins.size() ? begins.get(i + 1) : picture.length;
            frames.add(Arrays.copyOfRange(picture, begins.get(i), end));
        }
        var headers = new ArrayList<@Nullable Vp9Header>();
        for (byte[] frame : frames) {
            headers.add(sizes.read(frame));
        }
        if (frames.size() < 2) {
            return picture;
        }
        for (int i = 0; i + 1 < frames.size(); i++) {
            Vp9Header header = headers.get(i);
            if (header != null && mayBeHidden(header, headers.get(i + 1))) {
                frames.set(i, header.hidden(frames.get(i)));
            }
        }
        return indexed(frames);
    }

    /// A decoder that comes from a frame which is not shown takes no motion vectors from it (7.2,
    /// UsePrevFrameMvs). Nor does it from one of another size: only then it makes no difference.
    private static boolean mayBeHidden(Vp9Header header, @Nullable Vp9Header next) {
        return next != null
                && header.shown()
                && (next.width() != header.width() || next.height() != header.height());
    }

    private static byte[] indexed(List<byte[]> frames) {
        int longest = frames.stream().mapToInt(frame -> frame.length).max().orElse(0);
        int width = Math.max(1, (39 - Integer.numberOfLeadingZeros(longest)) / 8);
        int marker = MARKER | width - 1 << 3 | frames.size() - 1;
        var out = new ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        out.write(marker);
        for (byte[] frame : frames) {
            for (int i = 0; i < width; i++) {
                out.write(frame.length >> 8 * i);
            }
        }
        out.write(marker);
        return out.toByteArray();
    }
}
