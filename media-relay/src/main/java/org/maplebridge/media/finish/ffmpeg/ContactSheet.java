package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/// Twelve pictures of a piece, evenly over its time, four in a row.
public final class ContactSheet {
    static final int COLUMNS = 4;
    static final int ROWS = 3;
    static final int TILE_WIDTH = 320;
    static final int TILE_HEIGHT = 180;

    private ContactSheet() {}

    public static void write(Path piece, Path sheet) throws IOException {
        var image =
                new BufferedImage(
                        COLUMNS * TILE_WIDTH, ROWS * TILE_HEIGHT, BufferedImage.TYPE_INT_RGB);
        int tiles = COLUMNS * ROWS;
        try (var reader = PieceReader.picture(piece)) {
            for (int i = 0; i < tiles; i++) {
                reader.seek(reader.durationNanos() * i / tiles);
                AVFrame frame = reader.next();
                if (frame != null) {
                    draw(frame, image, i % COLUMNS * TILE_WIDTH, i / COLUMNS * TILE_HEIGHT);
                }
            }
        }
        try (var out = Files.newOutputStream(sheet)) { // into what is there, with its rights
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IOException("this Java writes no JPEG");
            }
        }
    }

    /// As large as fits, in the middle.
    private static void draw(AVFrame frame, BufferedImage image, int x, int y) throws IOException {
        double scale =
                Math.min(
                        (double) TILE_WIDTH / frame.width(), (double) TILE_HEIGHT / frame.height());
        int width = Math.max(1, (int) (frame.width() * scale));
        int height = Math.max(1, (int) (frame.height() * scale));
        byte[] pixels = scaled(frame, width, height);
        int left = x + (TILE_WIDTH - width) / 2;
        int top = y + (TILE_HEIGHT - height) / 2;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int at = 3 * (row * width + column);
                int rgb =
                        pixels[at] & 0xff
                                | (pixels[at + 1] & 0xff) << 8
                                | (pixels[at + 2] & 0xff) << 16;
                image.setRGB(left + column, top + row, rgb);
            }
        }
    }

    private static byte[] scaled(AVFrame frame, int width, int height) throws IOException {
        SwsContext scaler =
                sws_getContext(
                        frame.width(),
                        frame.height(),
                        frame.format(),
                        width,
                        height,
                        AV_PIX_FMT_BGR24,
                        SWS_AREA,
                        (SwsFilter) null,
                        (SwsFilter) null,
                        (DoublePointer) null);
        if (scaler == null) {
            throw new IOException("a picture of this form cannot be scaled");
        }
        // Scalers write whole vectors: a little beyond each line.
        try (var out = new BytePointer(3L * width * height + 64);
                var lines = new PointerPointer<BytePointer>(1).put(out);
                var strides = new IntPointer(1).put(3 * width)) {
            sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), lines, strides);
            byte[] pixels = new byte[3 * width * height];
            out.get(pixels, 0, pixels.length);
            return pixels;
        } finally {
            sws_freeContext(scaler);
        }
    }
}
