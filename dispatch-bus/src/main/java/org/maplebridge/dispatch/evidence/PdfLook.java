package org.maplebridge.dispatch.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Looks whether a PDF (ISO 32000-1) does something when it is opened: runs a script, starts a
/// program, sends a form, or brings other files along. Every name in the file is looked at,
/// wherever it stands, since a reader follows offsets and may begin anywhere; names that are
/// written by hex (§7.3.5) are read as what they mean, and object streams (§7.5.7), in which
/// dictionaries stand compressed, are unpacked up to a bound. What cannot be looked into is not
/// taken.
///
/// Nothing is drawn or followed.
///
/// Pure.
///
/// Thread: the caller's own; made for one look.
public final class PdfLook {
    /// Of all object streams together.
    static final int MOST_UNPACKED = 32 << 20;

    private static final int NAME_CHARS = 127;

    /// Actions of §12.6.4 that leave the page, and what else a reader would run or unpack. Long
    /// enough not to come about by chance in a compressed picture.
    private static final Set<String> ACTIVE =
            Set.of(
                    "JavaScript",
                    "Launch",
                    "SubmitForm",
                    "ImportData",
                    "EmbeddedFile",
                    "EmbeddedFiles",
                    "RichMedia",
                    "Rendition",
                    "XFA");

    private static final byte[] STREAM = ascii("stream");
    private static final byte[] DELIMITERS = ascii("()<>[]{}/%");

    private final byte[] bytes;
    private final boolean packed;
    private int unpacked;

    private PdfLook(byte[] bytes, boolean packed, int unpacked) {
        this.bytes = bytes;
        this.packed = packed;
        this.unpacked = unpacked;
    }

    /// @param file all of it
    /// @return what is wrong with it, if anything is
    public static Optional<EvidenceFault> fault(byte[] file) {
        boolean whole = file.length > 0 && contains(file, ascii("%%EOF"));
        return whole ? new PdfLook(file, false, 0).look() : Optional.of(EvidenceFault.WRONG_TYPE);
    }

    private Optional<EvidenceFault> look() {
        boolean objects = false;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '/') {
                String name = name(at + 1);
                if (name.equals("Encrypt") && !packed) {
                    return Optional.of(EvidenceFault.LOCKED_DOCUMENT);
                }
                if (ACTIVE.contains(name)) {
                    return Optional.of(EvidenceFault.ACTIVE_CONTENT);
                }
                objects |= name.equals("ObjStm");
            } else if (objects && !packed && isStream(at)) {
                objects = false;
                Optional<EvidenceFault> inside = inside(afterLine(at + STREAM.length));
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    /// The object stream that begins here.
    private Optional<EvidenceFault> inside(int from) {
        var out = new byte[Math.min(MOST_UNPACKED, 1 << 20)];
        int count = 0;
        try (var inflater = new Inflater()) {
            inflater.setInput(bytes, from, bytes.length - from);
            while (!inflater.finished()) {
                if (count == out.length) {
                    out = Arrays.copyOf(out, Math.min(2 * out.length, MOST_UNPACKED));
                }
                int more = inflater.inflate(out, count, out.length - count);
                count += more;
                if (more == 0 || unpacked + count >= MOST_UNPACKED) {
                    return Optional.of(EvidenceFault.LOCKED_DOCUMENT);
                }
            }
        } catch (DataFormatException e) {
            return Optional.of(EvidenceFault.LOCKED_DOCUMENT);
        }
        unpacked += count;
        return new PdfLook(Arrays.copyOf(out, count), true, unpacked).look();
    }

    /// The name whose first character stands here, as it is meant.
    private String name(int from) {
        var name = new StringBuilder();
        for (int at = from; at < bytes.length && name.length() <= NAME_CHARS; at++) {
            byte c = bytes[at];
            if (c <= ' ' && c >= 0 || isDelimiter(c)) {
                break;
            }
            int high = c == '#' && at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[at + 2], 16) : -1;
            if (low >= 0) {
                name.append((char) (high << 4 | low));
                at += 2;
            } else {
                name.append((char) (c & 0xff));
            }
        }
        return name.toString();
    }

    private static boolean isDelimiter(byte c) {
        for (byte one : DELIMITERS) {
            if (one == c) {
                return true;
            }
        }
        return false;
    }

    /// `stream` and not `endstream`.
    private boolean isStream(int at) {
        return at + STREAM.length < bytes.length
                && Arrays.equals(bytes, at, at + STREAM.length, STREAM, 0, STREAM.length)
                && (at < 3 || bytes[at - 1] != 'd');
    }

    private int afterLine(int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n' || bytes[at] == ' ')) {
            at++;
        }
        return at;
    }

    private static boolean contains(byte[] file, byte[] wanted) {
        for (int at = file.length - wanted.length; at >= 0; at--) {
            if (Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
