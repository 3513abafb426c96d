package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// H.264 pictures (RFC 6184): their NAL units with a length of four bytes in front of each, as MP4
/// keeps them.
///
/// Pure. Thread: confined to its track.
public final class H264Frames implements FrameMaker {
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private final Assembly assembly = new Assembly();
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private byte[] sps = new byte[0];
    private byte[] pps = new byte[0];

    @Override
    public @Nullable Frame add(Part part) {
        if (assembly.passesOver(part)) {
            return null;
        }
        boolean goesOn = assembly.goesOn(part);
        byte[] payload = part.payload();
        if (payload.length < 2) {
            assembly.giveUp();
            return null;
        }
        if (!goesOn) {
            assembly.begin(part);
        }
        boolean whole =
                switch (payload[0] & 0x1f) {
                    case STAP_A -> aggregated(payload);
                    case FU_A -> fragment(payload, goesOn);
                    default -> {
                        unit(payload, 0, payload.length);
                        yield true;
                    }
                };
        if (!whole) {
            assembly.giveUp();
            return null;
        }
        return part.marker() ? assembly.end() : null;
    }

    private boolean aggregated(byte[] payload) {
        int at = 1;
        while (at + 2 < payload.length) {
            int length = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
            if (length == 0 || at + 2 + length > payload.length) {
                return false;
            }
            unit(payload, at + 2, length);
            at += 2 + length;
        }
        return true;
    }

    private boolean fragment(byte[] payload, boolean goesOn) {
        boolean first = payload[1] < 0;
        boolean last = (payload[1] & 0x40) != 0;
        if (first) {
            fragments.reset();
            fragments.write(payload[0] & 0xe0 | payload[1] & 0x1f);
        } else if (!goesOn || fragments.size() == 0) {
            return false;
        }
        fragments.write(payload, 2, payload.length - 2);
        if (last) {
            byte[] unit = fragments.toByteArray();
            fragments.reset();
            unit(unit, 0, unit.length);
        }
        return true;
    }

    private void unit(byte[] data, int offset, int length) {
        int type = data[offset] & 0x1f;
        if (type == SPS && length > 3) {
            sps = Arrays.copyOfRange(data, offset, offset + length);
        } else if (type == PPS) {
            pps = Arrays.copyOfRange(data, offset, offset + length);
        } else if (type == IDR && sps.length > 0 && pps.length > 0) {
            assembly.key();
        }
        assembly.put(ByteBuffer.allocate(4).putInt(length).array());
        assembly.put(data, offset, length);
    }

    /// ISO/IEC 14496-15 §5.3.3.1: with the first sequence and picture parameter sets.
    @Override
    public byte[] setup() {
        if (sps.length == 0 || pps.length == 0) {
            return new byte[0];
        }
        return ByteBuffer.allocate(11 + sps.length + pps.length)
                .put((byte) 1)
                .put(sps, 1, 3)
                .put((byte) 0xff) // lengths of four bytes
                .put((byte) 0xe1) // one sequence parameter set
                .putShort((short) sps.length)
                .put(sps)
                .put((byte) 1)
                .putShort((short) pps.length)
                .put(pps)
                .array();
    }

    @Override
    public long leftOut() {
        return assembly.leftOut();
    }
}
