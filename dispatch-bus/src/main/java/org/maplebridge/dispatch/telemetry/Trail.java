package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// The points of one unit's track in their order, 20 bytes each: a ring that grows to its bound.
///
/// Thread: its owner's.
final class Trail {
    /// A degree in parts of a centimetre on the ground.
    private static final double PARTS_OF_DEGREE = 1e7;

    private static final int FIRST_ROOM = 16;

    private long[] atMillis = new long[FIRST_ROOM];
    private int[] latitude = new int[FIRST_ROOM];
    private int[] longitude = new int[FIRST_ROOM];
    private float[] accuracyMetres = new float[FIRST_ROOM];
    private int first;
    private int size;

    int size() {
        return size;
    }

    long lastMillis() {
        return size == 0 ? Long.MIN_VALUE : atMillis[slot(size - 1)];
    }

    void add(Position position) {
        if (size == atMillis.length) {
            grow();
        }
        int slot = slot(size++);
        atMillis[slot] = position.at().toEpochMilli();
        latitude[slot] = (int) Math.round(position.point().latitude() * PARTS_OF_DEGREE);
        longitude[slot] = (int) Math.round(position.point().longitude() * PARTS_OF_DEGREE);
        Double accuracy = position.accuracyMetres();
        accuracyMetres[slot] = accuracy == null ? Float.NaN : accuracy.floatValue();
    }

    void dropFirst() {
        first = slot(1);
        size--;
    }

    /// @return how many went
    int dropBefore(long millis) {
        int gone = 0;
        while (size > 0 && atMillis[first] < millis) {
            dropFirst();
            gone++;
        }
        return gone;
    }

    /// Index of the first point that is not before, by bisection.
    int indexFrom(long millis) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (atMillis[slot(middle)] < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Position at(int index, UnitId unit) {
        int slot = slot(index);
        float accuracy = accuracyMetres[slot];
        return new Position(
                unit,
                new GeoPoint(latitude[slot] / PARTS_OF_DEGREE, longitude[slot] / PARTS_OF_DEGREE),
                Float.isNaN(accuracy) ? null : Double.valueOf(Float.toString(accuracy)),
                Instant.ofEpochMilli(atMillis[slot]));
    }

    private int slot(int index) {
        return (first + index) % atMillis.length;
    }

    private void grow() {
        int room = size * 2;
        atMillis = unrolled(atMillis, new long[room]);
        latitude = unrolled(latitude, new int[room]);
        longitude = unrolled(longitude, new int[room]);
        accuracyMetres = unrolled(accuracyMetres, new float[room]);
        first = 0;
    }

    /// What lay round the end of the old ring lies in order in the new one.
    private <T> T unrolled(T from, T to) {
        int tail = size - first;
        System.arraycopy(from, first, to, 0, tail);
        System.arraycopy(from, 0, to, tail, first);
        return to;
    }
}
