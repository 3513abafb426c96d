package org.maplebridge.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] CERTIFICATE = {1, 2, 3};
    private static final Fingerprint OF_IT = Fingerprint.sha256(CERTIFICATE);

    @Test
    void aFingerprintReadsBackAsWritten() {
        assertThat(Fingerprint.parse(OF_IT.toString())).contains(OF_IT);
        assertThat(OF_IT.matches(CERTIFICATE)).isTrue();
        assertThat(OF_IT.matches(new byte[] {1, 2, 4})).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256 ",
                "sha-256 00",
                "sha-256 zz:00",
                "sha-1 A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D",
                "md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
                "sha-999999999999 00",
            })
    void whatIsNoFingerprintToRelyOnIsNone(String value) {
        assertThat(Fingerprint.parse(value)).isEmpty();
    }

    @Test
    void aDigestOfTheWrongLengthIsNone() {
        assertThat(Fingerprint.parse(OF_IT + ":00")).isEmpty();
        assertThat(Fingerprint.parse("sha-384 " + OF_IT.hex())).isEmpty();
    }
}
