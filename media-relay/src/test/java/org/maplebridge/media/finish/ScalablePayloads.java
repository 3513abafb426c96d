package org.maplebridge.media.finish;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// VP9 layer frames and AV1 temporal units cut into payloads as the payload formats say.
public final class ScalablePayloads {
    private static final int MOST = 500;
    private static final int MOST_WITHOUT_SIZE = 3;

    private ScalablePayloads() {}

    /// What one resolution has of a picture.
    ///
    /// @param predicted from pictures before
    /// @param fromLower predicted from the next lower resolution
    public record Layer(int resolution, boolean predicted, boolean fromLower, byte[] frame) {}

    /// RFC 9628 §4.2, not in flexible mode. The marker belongs on the last one of all.
    public static List<byte[]> vp9(int pictureId, List<Layer> layers) {
        var payloads = new ArrayList<byte[]>();
        for (Layer layer : layers) {
            byte[] frame = layer.frame();
            for (int at = 0; at < frame.length; at += MOST) {
                int end = Math.min(at + MOST, frame.length);
                var out = new ByteArrayOutputStream();
                int predicted = layer.predicted() ? 0x40 : 0;
                int first = at == 0 ? 0x08 : 0;
                int last = end == frame.length ? 0x04 : 0;
                out.write(0x80 | 0x20 | predicted | first | last);
                out.write(0x80 | pictureId >> 8 & 0x7f);
                out.write(pictureId);
                out.write(layer.resolution() << 1 | (layer.fromLower() ? 1 : 0));
                out.write(pictureId); // one temporal layer: each picture is of the base
                out.write(frame, at, end - at);
                payloads.add(out.toByteArray());
            }
        }
        return payloads;
    }

    /// The same of a picture of one resolution.
    public static List<byte[]> vp9(int pictureId, boolean key, byte[] frame) {
        return vp9(pictureId, List.of(new Layer(0, !key, false, frame)));
    }

    /// RTP Payload Format For AV1, 4.3 to 4.5.
    ///
    /// @param unit in the low-overhead format, each with its size
    public static List<byte[]> av1(boolean key, byte[] unit) {
        var payloads = new ArrayList<byte[]>();
        var elements = new ArrayList<byte[]>();
        int used = 1;
        boolean goesOn = false;
        for (byte[] obu : units(unit)) {
            for (int at = 0; at < obu.length; ) {
                int taken = Math.min(obu.length - at, MOST - used - 2);
                elements.add(Arrays.copyOfRange(obu, at, at + taken));
                at += taken;
                used += taken + 2;
                if (used + 3 > MOST || at < obu.length) {
                    boolean more = at < obu.length;
                    payloads.add(packet(elements, goesOn, more, key && payloads.isEmpty()));
                    elements.clear();
                    goesOn = more;
                    used = 1;
                }
            }
        }
        if (!elements.isEmpty()) {
            payloads.add(packet(elements, goesOn, false, key && payloads.isEmpty()));
        }
        return payloads;
    }

    private static byte[] packet(
            List<byte[]> elements, boolean goesOn, boolean more, boolean begins) {
        int count = elements.size() <= MOST_WITHOUT_SIZE ? elements.size() : 0;
        var out = new ByteArrayOutputStream();
        out.write((goesOn ? 0x80 : 0) | (more ? 0x40 : 0) | count << 4 | (begins ? 0x08 : 0));
        for (int i = 0; i < elements.size(); i++) {
            byte[] element = elements.get(i);
            if (count == 0 || i < count - 1) {
                size(element.length, out);
            }
            out.writeBytes(element);
        }
        return out.toByteArray();
    }

    private static void size(int length, ByteArrayOutputStream out) {
        int rest = length;
        for (; rest > 127; rest >>= 7) {
            out.write(rest & 127 | 128);
        }
        out.write(rest);
    }

    /// Without temporal delimiters, and without sizes.
    static List<byte[]> units(byte[] unit) {
        var units = new ArrayList<byte[]>();
        for (int at = 0; at < unit.length; ) {
            int head = (unit[at] & 4) != 0 ? 2 : 1;
            int length = 0;
            int from = at + head;
            for (int shift = 0; ; shift += 7) {
                length |= (unit[from] & 127) << shift;
                if (unit[from++] >= 0) {
                    break;
                }
            }
            var out = new ByteArrayOutputStream();
            out.write(unit[at] & ~2);
            out.write(unit, at + 1, head - 1);
            out.write(unit, from, length);
            if ((unit[at] >> 3 & 15) != 2) {
                units.add(out.toByteArray());
            }
            at = from + length;
        }
        return units;
    }
}
