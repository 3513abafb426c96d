package org.maplebridge.dispatch.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Files that are as much of a picture as anybody looks at here.
final class Pictures {
    private Pictures() {}

    static byte[] jpeg(int width, int height, byte[] exif) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        if (exif.length > 0) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1});
            out.writeBytes(big16(exif.length + 8));
            out.writeBytes(new byte[] {'E', 'x', 'i', 'f', 0, 0});
            out.writeBytes(exif);
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc0});
        out.writeBytes(big16(11));
        out.write(8);
        out.writeBytes(big16(height));
        out.writeBytes(big16(width));
        out.writeBytes(new byte[] {1, 1, 0x11, 0, (byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }

    static byte[] png(int width, int height, byte[] exif) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeBytes(
                ByteBuffer.allocate(25)
                        .putInt(13)
                        .put(ascii("IHDR"))
                        .putInt(width)
                        .putInt(height)
                        .array());
        if (exif.length > 0) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(exif.length).array());
            out.writeBytes(ascii("eXIf"));
            out.writeBytes(exif);
            out.writeBytes(new byte[4]);
        }
        out.writeBytes(ByteBuffer.allocate(12).putInt(0).put(ascii("IDAT")).array());
        return out.toByteArray();
    }

    static byte[] webp(int width, int height, byte[] exif) {
        var body = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(0);
        body.put((byte) (width - 1)).put((byte) ((width - 1) >> 8)).put((byte) 0);
        body.put((byte) (height - 1)).put((byte) ((height - 1) >> 8)).put((byte) 0);
        var out = new ByteArrayOutputStream();
        out.writeBytes(ascii("RIFF"));
        out.writeBytes(little32(100));
        out.writeBytes(ascii("WEBPVP8X"));
        out.writeBytes(little32(10));
        out.writeBytes(body.array());
        if (exif.length > 0) {
            out.writeBytes(ascii("EXIF"));
            out.writeBytes(little32(exif.length));
            out.writeBytes(exif);
        }
        return out.toByteArray();
    }

    static byte[] box(String brand) {
        return ByteBuffer.allocate(24)
                .putInt(24)
                .put(ascii("ftyp" + brand))
                .putInt(0)
                .put(ascii("isom"))
                .array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] big16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private static byte[] little32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
