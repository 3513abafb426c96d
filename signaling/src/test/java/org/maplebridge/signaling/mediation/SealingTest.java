package org.maplebridge.signaling.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealingTest {
    private final Sealing sealing = new Sealing(new byte[Sealing.KEY_BYTES]);

    @Test
    void whatIsSealedOpensAtItsPlaceWithItsKeyAndNowhereElse() {
        var sealed = sealing.seal("张三丰\n11010519491231002X", "m-1/p2");
        assertThat(sealed).doesNotContain("110105").isNotEqualTo(sealing.seal("张三丰", "m-1/p2"));
        assertThat(sealing.open(sealed, "m-1/p2")).contains("张三丰\n11010519491231002X");
        assertThat(sealing.open(sealed, "m-1/p3")).isEmpty();
        var other = new byte[Sealing.KEY_BYTES];
        other[0] = 1;
        assertThat(new Sealing(other).open(sealed, "m-1/p2")).isEmpty();
    }

    @Test
    void aShortSecretIsFoundByTheSitesKeyAlone() {
        var other = new byte[Sealing.KEY_BYTES];
        other[0] = 1;
        assertThat(sealing.mark("012345678"))
                .hasSize(64)
                .isEqualTo(sealing.mark("012345678"))
                .isNotEqualTo(sealing.mark("012345679"))
                .isNotEqualTo(new Sealing(other).mark("012345678"));
    }
}
