package org.maplebridge.load.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final String A_TO_B = "ip saddr { 10.0.0.1 } ip daddr { 10.0.0.2, 10.0.0.3 }";
    private static final String B_TO_A = "ip saddr { 10.0.0.2, 10.0.0.3 } ip daddr { 10.0.0.1 }";

    @Test
    void bothWaysAreClosedWhereverAPacketPasses() {
        var rules = Cut.between(List.of("10.0.0.1"), List.of("10.0.0.3", "10.0.0.2")).rules();
        for (var hook : List.of("forward", "input", "output")) {
            assertThat(rules).containsSubsequence("hook " + hook, A_TO_B, B_TO_A);
        }
    }

    @Test
    void oneWayLeavesTheOtherOpen() {
        var rules = Cut.oneWay(List.of("10.0.0.1"), List.of("10.0.0.2", "10.0.0.3")).rules();
        assertThat(rules).contains(A_TO_B + " drop").doesNotContain(B_TO_A);
    }
}
