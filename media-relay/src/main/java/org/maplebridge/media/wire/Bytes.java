package org.maplebridge.media.wire;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Unsigned reads and plain writes in network byte order, on arrays and, by the layouts, on memory.
///
/// Nothing here checks lengths beyond what the array itself does: parsers check first.
public final class Bytes {
    public static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    public static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    public static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final VarHandle SHORT_VIEW =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_VIEW =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_VIEW =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    public static int u8(byte[] data, int at) {
        return data[at] & 0xff;
    }

    public static int u16(byte[] data, int at) {
        return (short) SHORT_VIEW.get(data, at) & 0xffff;
    }

    public static int u24(byte[] data, int at) {
        return u8(data, at) << 16 | u16(data, at + 1);
    }

    public static int i32(byte[] data, int at) {
        return (int) INT_VIEW.get(data, at);
    }

    public static long u32(byte[] data, int at) {
        return (int) INT_VIEW.get(data, at) & 0xffff_ffffL;
    }

    public static long i64(byte[] data, int at) {
        return (long) LONG_VIEW.get(data, at);
    }

    public static void put16(byte[] data, int at, int value) {
        SHORT_VIEW.set(data, at, (short) value);
    }

    public static void put32(byte[] data, int at, int value) {
        INT_VIEW.set(data, at, value);
    }

    public static void put64(byte[] data, int at, long value) {
        LONG_VIEW.set(data, at, value);
    }
}
