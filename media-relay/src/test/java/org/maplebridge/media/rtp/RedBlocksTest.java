package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.wire.DropReason;

class RedBlocksTest {
    private final RedBlocks blocks = new RedBlocks();

    /// Payload, then each block as `type-ticks back:bytes`.
    @ParameterizedTest
    @CsvSource({
        "6f aabb, 111-0:aabb", // primary alone
        "6f, 111-0:", // empty primary
        "ef 0f0002 6f 0102 aabb, 111-960:0102 111-0:aabb",
        "ef 1e0001 ef 0f0002 6f 01 0203 aabb, 111-1920:01 111-960:0203 111-0:aabb",
        "ef 0f0000 70 aabb, 111-960: 112-0:aabb",
        "ef 0f0002 6f 0102, 111-960:0102 111-0:",
        "ff fffc01 7f 05 06, 127-16383:05 127-0:06",
    })
    void blocksAreFoundOldestFirst(String payload, String expected) {
        assertThat(described(payload)).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ef",
                "ef1e00",
                "ef1e0002", // no primary head
                "ef1e00026f01", // a block runs over
                "ef1e03ff6f0102",
                "ef1e0001ef1e00026f0102",
            })
    void whatDoesNotAddUpIsRefused(String payload) {
        byte[] data = HexFormat.of().parseHex(payload);

        assertThat(blocks.read(data, 0, data.length)).isEqualTo(DropReason.MALFORMED.code());
        assertThat(blocks.count()).isZero();
    }

    @Test
    void moreBlocksThanAnybodySendsAreRefused() {
        String head = "ef000000";
        byte[] most = HexFormat.of().parseHex(head.repeat(15) + "6f");
        byte[] tooMany = HexFormat.of().parseHex(head.repeat(16) + "6f");

        assertThat(blocks.read(most, 0, most.length)).isEqualTo(16);
        assertThat(blocks.read(tooMany, 0, tooMany.length)).isEqualTo(DropReason.MALFORMED.code());
    }

    @Test
    void headsAreWrittenAsTheyAreRead() {
        MemorySegment memory = Arena.ofAuto().allocate(16);
        long at = Red.putHead(memory, 0, 111, Red.MOST_TICKS_BACK, 3);
        at = Red.putHead(memory, at, 96, 1, 1);
        at = Red.putPrimaryHead(memory, at, 111);

        assertThat(at).isEqualTo(9);
        String payload = HexFormat.of().formatHex(memory.toArray(ValueLayout.JAVA_BYTE), 0, 9);
        assertThat(described(payload + "010203" + "04" + "0506"))
                .isEqualTo("111-16383:010203 96-1:04 111-0:0506");
    }

    private String described(String payload) {
        byte[] plain = HexFormat.of().parseHex(payload.replace(" ", ""));
        byte[] data = new byte[plain.length + 5];
        System.arraycopy(plain, 0, data, 5, plain.length);
        int count = blocks.read(data, 5, plain.length);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int begin = blocks.begin(i);
            String bytes = HexFormat.of().formatHex(data, begin, begin + blocks.length(i));
            found.add(blocks.payloadType(i) + "-" + blocks.ticksBack(i) + ":" + bytes);
        }
        return String.join(" ", found);
    }
}
