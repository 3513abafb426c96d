package org.maplebridge.media.simulation;

import java.io.ByteArrayOutputStream;

/// Dependency descriptors as an encoder of several resolutions writes them that are predicted from
/// each other in key pictures alone (`L1T1` to `L3T1_KEY`): bit by bit after the AV1 RTP
/// specification, appendix A, sharing nothing with the code under test.
///
/// Thread: the test's.
public final class DependencyBytes {
    private static final int NOT_PRESENT = 0;
    private static final int SWITCH = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int filled;

    private DependencyBytes() {}

    /// @param resolutions how many there are; each has two templates, of key pictures and of others
    /// @param firstTemplate the id of the first one
    public static byte[] of(
            int resolutions,
            int firstTemplate,
            int resolution,
            boolean key,
            boolean first,
            boolean last,
            int frame) {
        var written = new DependencyBytes();
        boolean structure = key && first && resolution == 0;
        written.put(first ? 1 : 0, 1);
        written.put(last ? 1 : 0, 1);
        written.put(firstTemplate + 2 * resolution + (key ? 0 : 1) & 63, 6);
        written.put(frame & 0xffff, 16);
        if (structure) {
            written.put(0b10000, 5);
            written.structure(resolutions, firstTemplate);
        }
        return written.end();
    }

    private void structure(int resolutions, int firstTemplate) {
        put(firstTemplate & 63, 6);
        put(resolutions - 1, 5);
        for (int i = 0; i < resolutions; i++) {
            put(0, 2);
            put(i == resolutions - 1 ? 3 : 2, 2);
        }
        for (int i = 0; i < resolutions; i++) {
            indications(resolutions, i, true);
            indications(resolutions, i, false);
        }
        for (int i = 0; i < resolutions; i++) {
            put(i == 0 ? 0 : 1, 1); // of a key picture the one below
            if (i > 0) {
                put(0, 4);
                put(0, 1);
            }
            put(1, 1); // else its own of the picture before
            put(resolutions - 1, 4);
            put(0, 1);
        }
        nonSymmetric(resolutions, resolutions + 1);
        for (int i = 0; i < resolutions; i++) {
            nonSymmetric(i, resolutions);
        }
        for (int i = 0; i < 2 * resolutions * resolutions; i++) {
            put(1, 4);
        }
        put(1, 1);
        for (int i = 0; i < resolutions; i++) {
            put((320 << i) - 1, 16);
            put((180 << i) - 1, 16);
        }
    }

    private void indications(int targets, int resolution, boolean key) {
        for (int target = 0; target < targets; target++) {
            boolean needed = key ? target >= resolution : target == resolution;
            put(needed ? SWITCH : NOT_PRESENT, 2);
        }
    }

    private void nonSymmetric(int value, int count) {
        int width = 32 - Integer.numberOfLeadingZeros(count);
        int shorter = (1 << width) - count;
        if (value < shorter) {
            put(value, width - 1);
        } else {
            put(value + shorter, width);
        }
    }

    private void put(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            current = current << 1 | value >> i & 1;
            if (++filled == 8) {
                bytes.write(current);
                current = 0;
                filled = 0;
            }
        }
    }

    private byte[] end() {
        while (filled != 0) {
            put(0, 1);
        }
        return bytes.toByteArray();
    }
}
