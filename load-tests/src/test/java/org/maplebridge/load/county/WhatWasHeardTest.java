package org.maplebridge.load.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.client.VoiceTerminal.Heard;

class WhatWasHeardTest {
    @Test
    void aListenerWhoHeardItAllLostNothing() {
        var heard = WhatWasHeard.by(new Heard(7, 1, 0, 49, 50, 1, 2), 50);

        assertThat(heard.lossPercent()).isZero();
        assertThat(heard.firstWordClippedMillis()).isZero();
        assertThat(heard.lastWordClippedMillis()).isZero();
        assertThat(heard.deaf()).isZero();
    }

    @Test
    void whatWasMissedAtTheBeginningAndAtTheEndIsToldInMilliseconds() {
        var heard = WhatWasHeard.by(new Heard(7, 1, 3, 44, 40, 1, 2), 50);

        assertThat(heard.firstWordClippedMillis()).isEqualTo(60);
        assertThat(heard.lastWordClippedMillis()).isEqualTo(100);
        assertThat(heard.lossPercent()).isCloseTo(20, within(1e-9));
    }

    @Test
    void aListenerWhoHeardNothingIsDeafAndNotClipped() {
        var heard = WhatWasHeard.by(null, 50);

        assertThat(heard.deaf()).isEqualTo(1);
        assertThat(heard.firstWordClippedMillis()).isZero();
        assertThat(heard.lossPercent()).isEqualTo(100);
    }

    @Test
    void nobodyIsDeafToATalkInWhichNothingWasSaid() {
        assertThat(WhatWasHeard.by(null, 0)).isEqualTo(WhatWasHeard.nothing());
        assertThat(WhatWasHeard.of(List.of(), List.of()).lossPercent()).isZero();
    }

    @Test
    void manyListenersAddUpAndTheWorstIsKept() {
        var all =
                WhatWasHeard.by(new Heard(7, 1, 0, 49, 50, 1, 2), 50)
                        .plus(WhatWasHeard.by(new Heard(7, 1, 2, 49, 48, 1, 2), 50))
                        .plus(WhatWasHeard.by(null, 50));

        assertThat(all.expected()).isEqualTo(150);
        assertThat(all.received()).isEqualTo(98);
        assertThat(all.deaf()).isEqualTo(1);
        assertThat(all.firstWordClippedMillis()).isEqualTo(40);
    }
}
