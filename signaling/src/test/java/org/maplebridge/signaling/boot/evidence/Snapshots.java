package org.maplebridge.signaling.boot.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/// Real pictures, each another one, and what a camera writes into them.
final class Snapshots {
    private Snapshots() {}

    /// @param seed makes it another picture
    static byte[] jpeg(int seed) {
        return image("jpg", seed);
    }

    static byte[] png(int seed) {
        return image("png", seed);
    }

    private static byte[] image(String format, int seed) {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 48; y++) {
                image.setRGB(x, y, (seed * 7919 + x * 31 + y * 17) & 0xffffff);
            }
        }
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The same with a position in degrees, as telephones write it.
    static byte[] taken(byte[] jpeg, int latitude, int longitude) {
        byte[] exif = exif(latitude, longitude);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1});
        int length = exif.length + 8;
        out.writeBytes(new byte[] {(byte) (length >> 8), (byte) length});
        out.writeBytes("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(exif);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /// TIFF, big-endian: one entry that points to four.
    static byte[] exif(int latitude, int longitude) {
        var exif = ByteBuffer.allocate(128);
        exif.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        exif.putShort((short) 1);
        entry(exif, 0x8825, 4, 1).putInt(26);
        exif.putInt(0);
        exif.putShort((short) 4);
        entry(exif, 1, 2, 2).put((byte) 'N').put((byte) 0).putShort((short) 0);
        entry(exif, 2, 5, 3).putInt(80);
        entry(exif, 3, 2, 2).put((byte) 'E').put((byte) 0).putShort((short) 0);
        entry(exif, 4, 5, 3).putInt(104);
        exif.putInt(0);
        for (int degrees : new int[] {latitude, longitude}) {
            exif.putInt(degrees).putInt(1).putInt(0).putInt(1).putInt(0).putInt(1);
        }
        return exif.array();
    }

    private static ByteBuffer entry(ByteBuffer exif, int tag, int type, int count) {
        return exif.putShort((short) tag).putShort((short) type).putInt(count);
    }

    /// As much of a video as anybody looks at here.
    static byte[] mp4(int bytes) {
        var video = ByteBuffer.allocate(bytes);
        video.putInt(24).put("ftypmp42".getBytes(StandardCharsets.ISO_8859_1));
        video.putInt(0).put("isommp42".getBytes(StandardCharsets.ISO_8859_1));
        while (video.hasRemaining()) {
            video.put((byte) ((video.position() * 31) >> 3));
        }
        return video.array();
    }
}
