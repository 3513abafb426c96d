package org.maplebridge.dispatch.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.maplebridge.dispatch.evidence.Evidence.PictureSize;

/// What the first part of a picture's file says of it: how large it is, and the block in which
/// cameras write where they were (EXIF). Nothing is unpacked or decoded, and nothing that is read
/// here makes anything longer than the input.
///
/// Pure.
///
/// @param exif a TIFF structure; empty when there is none
public record PictureHeader(PictureSize size, byte[] exif) {
    /// Cameras write everything before the picture itself; what stands after so much is not looked
    /// for.
    public static final int MOST_BYTES = 1 << 20;

    /// More than any telephone's camera makes, and what a page can still show.
    public static final int MOST_SIDE = 20_000;

    public static final long MOST_PIXELS = 120_000_000L;

    /// JPEG cannot say more of itself in one segment.
    private static final int MOST_EXIF_BYTES = 1 << 16;

    private static final byte[] EXIF_MARK = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] NONE = {};

    public boolean hasTooManyPixels() {
        return size.width() > MOST_SIDE
                || size.height() > MOST_SIDE
                || (long) size.width() * size.height() > MOST_PIXELS;
    }

    /// @param file the first [#MOST_BYTES] bytes, or all of a shorter file
    /// @return nothing when it is no such picture
    public static Optional<PictureHeader> read(EvidenceType type, byte[] file) {
        Optional<PictureHeader> found =
                switch (type) {
                    case JPEG -> jpeg(file);
                    case PNG -> png(file);
                    case WEBP -> webp(file);
                    case MP4, QUICKTIME, WEBM, PDF -> Optional.empty();
                };
        return found.filter(header -> header.size.width() > 0 && header.size.height() > 0);
    }

    /// Segment after segment (ITU-T T.81 annex B) up to the first scan.
    private static Optional<PictureHeader> jpeg(byte[] file) {
        byte[] exif = NONE;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            int marker = file[at + 1] & 0xff;
            if (marker == 0xff) {
                at++; // filling
                continue;
            }
            int length = big16(file, at + 2);
            if (length < 2 || marker == 0xda || marker == 0xd9) {
                return Optional.empty();
            }
            int body = at + 4;
            if (isFrame(marker)) {
                return body + 5 > file.length
                        ? Optional.empty()
                        : Optional.of(
                                new PictureHeader(
                                        new PictureSize(
                                                big16(file, body + 3), big16(file, body + 1)),
                                        exif));
            }
            if (marker == 0xe1 && exif.length == 0 && has(file, body, EXIF_MARK)) {
                exif = part(file, body + EXIF_MARK.length, length - 2 - EXIF_MARK.length);
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /// Start of frame, whatever the process; not DHT, JPG and DAC, which stand between them.
    private static boolean isFrame(int marker) {
        return marker >= 0xc0
                && marker <= 0xcf
                && marker != 0xc4
                && marker != 0xc8
                && marker != 0xcc;
    }

    /// Chunks (PNG specification §5) up to the picture's data.
    private static Optional<PictureHeader> png(byte[] file) {
        if (file.length < 26) {
            return Optional.empty();
        }
        var size = new PictureSize(side(file, 16), side(file, 20));
        byte[] exif = NONE;
        int at = 8;
        while (at + 8 <= file.length) {
            int length = side(file, at);
            String name = text(file, at + 4);
            if (name.equals("IDAT") || length > file.length - at - 12) {
                break;
            }
            if (name.equals("eXIf")) {
                exif = part(file, at + 8, length);
                break;
            }
            at += 12 + length;
        }
        return Optional.of(new PictureHeader(size, exif));
    }

    /// Chunks of RIFF. The picture's data may stand before the EXIF block, which is then found only
    /// when both lie within what is read.
    private static Optional<PictureHeader> webp(byte[] file) {
        Optional<PictureSize> size = Optional.empty();
        byte[] exif = NONE;
        int at = 12;
        while (at + 8 <= file.length) {
            int length = little32(file, at + 4);
            if (length < 0) {
                break;
            }
            String name = text(file, at);
            if (size.isEmpty()) {
                size = webpSize(name, file, at + 8);
            }
            if (name.equals("EXIF")) {
                int mark = has(file, at + 8, EXIF_MARK) ? EXIF_MARK.length : 0;
                exif = part(file, at + 8 + mark, length - mark);
            }
            long next = at + 8L + length + (length & 1);
            if (next > file.length) {
                break;
            }
            at = (int) next;
        }
        byte[] found = exif;
        return size.map(known -> new PictureHeader(known, found));
    }

    private static Optional<PictureSize> webpSize(String name, byte[] file, int body) {
        if (body + 10 > file.length) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (name) {
                    case "VP8X" ->
                            new PictureSize(
                                    1 + little24(file, body + 4), 1 + little24(file, body + 7));
                    case "VP8 " ->
                            new PictureSize(
                                    little16(file, body + 6) & 0x3fff,
                                    little16(file, body + 8) & 0x3fff);
                    case "VP8L" -> {
                        int bits = little32(file, body + 1);
                        yield new PictureSize(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
                    }
                    default -> null;
                });
    }

    private static byte[] part(byte[] file, int from, int count) {
        boolean fits = count > 0 && count <= MOST_EXIF_BYTES && from <= file.length - count;
        return fits ? Arrays.copyOfRange(file, from, from + count) : NONE;
    }

    private static boolean has(byte[] file, int at, byte[] mark) {
        return at + mark.length <= file.length
                && Arrays.equals(file, at, at + mark.length, mark, 0, mark.length);
    }

    private static String text(byte[] file, int at) {
        return new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }

    /// A length or a side that does not fit is as large as can be.
    private static int side(byte[] file, int at) {
        int value = big16(file, at) << 16 | big16(file, at + 2);
        return value < 0 ? Integer.MAX_VALUE : value;
    }

    private static int big16(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
    }

    private static int little16(byte[] file, int at) {
        return (file[at] & 0xff) | (file[at + 1] & 0xff) << 8;
    }

    private static int little24(byte[] file, int at) {
        return little16(file, at) | (file[at + 2] & 0xff) << 16;
    }

    private static int little32(byte[] file, int at) {
        return little16(file, at) | little16(file, at + 2) << 16;
    }
}
