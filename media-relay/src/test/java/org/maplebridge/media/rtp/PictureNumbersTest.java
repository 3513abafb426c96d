package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureNumbersTest {
    private final PictureNumbers numbers = new PictureNumbers();

    @Test
    void oneEncodersIdsStayAsTheyAre() {
        numbers.begin();
        assertThat(pictures(20_000, 3)).containsExactly(20_000, 20_001, 20_002);
    }

    @Test
    void anotherEncodersGoOnWhereTheFirstStopped() {
        numbers.begin();
        pictures(32_766, 3); // 32766, 32767, 0
        numbers.begin();
        assertThat(pictures(500, 3)).containsExactly(1, 2, 3);
        numbers.begin();
        assertThat(pictures(9_000, 2)).containsExactly(4, 5);
    }

    @Test
    void whatIsRepeatedKeepsItsId() {
        numbers.begin();
        pictures(10, 5);
        numbers.begin();
        List<Integer> first = pictures(700, 5);
        assertThat(pictures(702, 1)).containsExactly(first.get(2));
        assertThat(pictures(705, 1)).containsExactly(first.getLast() + 1);
    }

    @Test
    void baseLayersGoOnToo() {
        numbers.begin();
        write(new byte[] {(byte) 0x90, (byte) 0xc0, (byte) 0x80, 5, (byte) 250, 1, 2});
        numbers.begin();
        byte[] out = write(new byte[] {(byte) 0x90, (byte) 0xc0, (byte) 0x80, 9, 30, 1, 2});
        assertThat(out).containsExactly(0x90, 0xc0, 0x80, 6, 251, 1, 2);
    }

    @Test
    void shortIdsStayShort() {
        numbers.begin();
        write(new byte[] {(byte) 0x90, (byte) 0x80, 0x7f, 1, 2});
        numbers.begin();
        assertThat(write(new byte[] {(byte) 0x90, (byte) 0x80, 0x10, 1, 2}))
                .containsExactly(0x90, 0x80, 0, 1, 2);
    }

    @Test
    void payloadsWithoutIdsOrEndStayAsTheyAre() {
        numbers.begin();
        for (byte[] payload :
                new byte[][] {
                    {}, {0x10}, {0x10, 1}, {(byte) 0x90}, {(byte) 0x90, (byte) 0x80, (byte) 0x80}
                }) {
            assertThat(write(payload)).isEqualTo(payload);
        }
    }

    @Test
    void vp9GoesOnInItsOwnDescriptor() {
        numbers.begin();
        writeVp9(new byte[] {(byte) 0xa8, (byte) 0xff, (byte) 0xff, 0, (byte) 255, 1, 2});
        numbers.begin();
        byte[] key = {(byte) 0xa8, (byte) 0x80, 9, 0, 30, 1, 2};
        assertThat(writeVp9(key)).containsExactly(0xa8, 0x80, 0, 0, 0, 1, 2);
        byte[] higher = {(byte) 0xac, (byte) 0x80, 9, 0x03, 30, 1, 2};
        assertThat(writeVp9(higher)).containsExactly(0xac, 0x80, 0, 3, 0, 1, 2);
        byte[] flexible = {(byte) 0xb8, (byte) 0x80, 10, 0x02, 3, 4};
        assertThat(writeVp9(flexible)).containsExactly(0xb8, 0x80, 1, 2, 3, 4);
        byte[] broken = {(byte) 0xa8, (byte) 0x80};
        assertThat(writeVp9(broken)).isEqualTo(broken);
    }

    private List<Integer> pictures(int first, int count) {
        var ids = new ArrayList<Integer>();
        for (int id = first; id < first + count; id++) {
            byte[] payload = {
                (byte) 0x90, (byte) 0x80, (byte) (0x80 | id >> 8 & 0x7f), (byte) id, 1, 2
            };
            ids.add(Vp8Descriptor.pictureId(write(payload), 0));
        }
        return ids;
    }

    private byte[] write(byte[] payload) {
        MemorySegment memory = copied(payload);
        numbers.writeVp8(payload, payload.length, memory, 3);
        return memory.asSlice(3, payload.length).toArray(ValueLayout.JAVA_BYTE);
    }

    private byte[] writeVp9(byte[] payload) {
        MemorySegment memory = copied(payload);
        numbers.writeVp9(payload, payload.length, memory, 3);
        return memory.asSlice(3, payload.length).toArray(ValueLayout.JAVA_BYTE);
    }

    private static MemorySegment copied(byte[] payload) {
        MemorySegment memory = Arena.ofAuto().allocate(64);
        MemorySegment.copy(payload, 0, memory, ValueLayout.JAVA_BYTE, 3, payload.length);
        return memory;
    }
}
