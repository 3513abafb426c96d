package org.maplebridge.dispatch.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// What may be sent, each known by its first bytes. Pictures that browsers do not show (HEIC) are
/// not taken: telephones hand over JPEG when they are asked for it.
///
/// Pure.
public enum EvidenceType {
    JPEG("image/jpeg", "jpg", false),
    PNG("image/png", "png", false),
    WEBP("image/webp", "webp", false),
    MP4("video/mp4", "mp4", true),
    QUICKTIME("video/quicktime", "mov", true),
    WEBM("video/webm", "webm", true),
    /// Taken at a mediation's table alone.
    PDF("application/pdf", "pdf", false);

    /// So many first bytes tell a type.
    public static final int HEAD_BYTES = 64;

    public static final long MOST_PHOTO_BYTES = 15L << 20;
    public static final long MOST_VIDEO_BYTES = 100L << 20;

    private static final byte[] PNG_SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] EBML = HexFormat.of().parseHex("1a45dfa3");

    /// Still pictures in the same box as videos.
    private static final Set<String> PICTURE_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

    private final String mediaType;
    private final String suffix;
    private final boolean video;

    EvidenceType(String mediaType, String suffix, boolean video) {
        this.mediaType = mediaType;
        this.suffix = suffix;
        this.video = video;
    }

    public String mediaType() {
        return mediaType;
    }

    public String suffix() {
        return suffix;
    }

    public boolean isVideo() {
        return video;
    }

    /// Neither picture nor video: pages.
    public boolean isDocument() {
        return this == PDF;
    }

    public long mostBytes() {
        return video ? MOST_VIDEO_BYTES : MOST_PHOTO_BYTES;
    }

    /// @param mediaType as a browser says it; what stands after a semicolon says nothing here
    public static Optional<EvidenceType> of(String mediaType) {
        int end = mediaType.indexOf(';');
        String bare = (end < 0 ? mediaType : mediaType.substring(0, end)).strip();
        return Arrays.stream(values()).filter(t -> t.mediaType.equalsIgnoreCase(bare)).findFirst();
    }

    /// Whether a file that begins like this is of this type.
    ///
    /// @param head the first [#HEAD_BYTES] bytes, or all of a shorter file
    public boolean begins(byte[] head) {
        return switch (this) {
            case JPEG ->
                    head.length > 3
                            && head[0] == (byte) 0xff
                            && head[1] == (byte) 0xd8
                            && head[2] == (byte) 0xff;
            case PNG -> starts(head, PNG_SIGNATURE) && text(head, 12, 4).equals("IHDR");
            case WEBP -> text(head, 0, 4).equals("RIFF") && text(head, 8, 4).equals("WEBP");
            case MP4 -> isBox(head) && !isQuickTime(head) && isVideoBrand(head);
            case QUICKTIME -> isBox(head) && isQuickTime(head);
            case WEBM -> starts(head, EBML) && text(head, 0, HEAD_BYTES).contains("webm");
            case PDF -> text(head, 0, 5).equals("%PDF-");
        };
    }

    private static boolean isBox(byte[] head) {
        return text(head, 4, 4).equals("ftyp");
    }

    private static boolean isQuickTime(byte[] head) {
        return text(head, 8, 4).equals("qt  ");
    }

    private static boolean isVideoBrand(byte[] head) {
        String brand = text(head, 8, 4);
        return brand.matches("[A-Za-z0-9 ]{4}") && !PICTURE_BRANDS.contains(brand);
    }

    private static boolean starts(byte[] head, byte[] with) {
        return head.length >= with.length
                && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }

    private static String text(byte[] bytes, int from, int count) {
        int end = Math.min(bytes.length, from + count);
        return from >= end ? "" : new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }
}
