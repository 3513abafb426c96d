package org.maplebridge.dispatch.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// With the entries, roots and paths that Certificate Transparency's own reference tests publish.
class MerkleTreeTest {
    private static final List<String> ENTRIES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final String LEAF_1 =
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private static final String NODE_2_3 =
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private static final String NODE_4_7 =
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private static final String LEAF_4 =
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private static final String NODE_6_7 =
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

    @Test
    void rootsAreThePublishedOnes() {
        for (int size = 0; size <= ENTRIES.size(); size++) {
            assertThat(hex(MerkleTree.root(published(size)))).isEqualTo(ROOTS.get(size));
        }
    }

    @Test
    void pathsAreThePublishedOnes() {
        assertThat(path(8, 0)).containsExactly(LEAF_1, NODE_2_3, NODE_4_7);
        assertThat(path(8, 5)).containsExactly(LEAF_4, NODE_6_7, ROOTS.get(4));
        assertThat(path(3, 2)).containsExactly(ROOTS.get(2));
        assertThat(path(5, 1)).containsExactly(ROOTS.get(1), NODE_2_3, LEAF_4);
        assertThat(path(1, 0)).isEmpty();
    }

    @Test
    void everyEntryOfEveryTreeIsProvedAtItsOwnPlaceOnly() {
        for (int size = 1; size <= 40; size++) {
            var leaves = leaves(size);
            var root = MerkleTree.root(leaves);
            for (int index = 0; index < size; index++) {
                var path = MerkleTree.path(leaves, index);
                for (int place = -1; place <= size; place++) {
                    var led = MerkleTree.rootBy(leaves.get(index), place, size, path);
                    boolean proved = led.filter(by -> hex(by).equals(hex(root))).isPresent();
                    assertThat(proved)
                            .as(size + ": " + index + " at " + place)
                            .isEqualTo(place == index);
                }
            }
        }
    }

    @Test
    void pathsOfAnotherLengthProveNothing() {
        var leaves = leaves(7);
        var path = new ArrayList<>(MerkleTree.path(leaves, 3));
        path.add(path.getFirst());
        assertThat(MerkleTree.rootBy(leaves.get(3), 3, 7, path)).isEmpty();
        assertThat(MerkleTree.rootBy(leaves.get(3), 3, 7, path.subList(0, 2))).isEmpty();
        assertThatThrownBy(() -> MerkleTree.path(leaves, 7)).hasMessageContaining("no such");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneBitOfAnEntryOrAPathLeadsElsewhere(long seed) {
        var random = new SplittableRandom(seed);
        var leaves = leaves(1 + random.nextInt(300));
        int index = random.nextInt(leaves.size());
        var path = new ArrayList<>(MerkleTree.path(leaves, index));
        int which = random.nextInt(path.size() + 1);
        var changed = (which == path.size() ? leaves.get(index) : path.get(which)).clone();
        changed[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        byte[] leaf = which == path.size() ? changed : leaves.get(index);
        if (which < path.size()) {
            path.set(which, changed);
        }
        var led = MerkleTree.rootBy(leaf, index, leaves.size(), path);
        assertThat(hex(led.orElseThrow())).isNotEqualTo(hex(MerkleTree.root(leaves)));
    }

    private static List<byte[]> published(int size) {
        return ENTRIES.subList(0, size).stream()
                .map(entry -> MerkleTree.leaf(HexFormat.of().parseHex(entry)))
                .toList();
    }

    private static List<String> path(int size, int index) {
        return MerkleTree.path(published(size), index).stream().map(MerkleTreeTest::hex).toList();
    }

    private static List<byte[]> leaves(int size) {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleTree.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
        }
        return leaves;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
