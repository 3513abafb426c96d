package org.maplebridge.signaling.whip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OfferLinesTest {
    private static final String OFFER =
            "v=0\r\nm=audio 9 x 0\r\na=mid:a\r\nm=video 9 x 0\r\na=mid:v\r\n";

    @Test
    void findsTheFirstSectionOfAKind() {
        assertThat(OfferLines.firstMid(OFFER + "m=video 9 x 0\r\na=mid:w\r\n", "video"))
                .contains("v");
        assertThat(OfferLines.firstMid(OFFER, "application")).isEmpty();
        assertThat(OfferLines.firstMid("m=audio", "audio")).isEmpty();
        assertThat(OfferLines.firstMid("", "audio")).isEmpty();
    }
}
