package org.maplebridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maplebridge.media.srtp.SrtpPair.plainRtcp;
import static org.maplebridge.media.srtp.SrtpPair.plainRtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

class SrtpProtectionTest {
    private static final int SSRC = 0x1234_5678;

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void whatIsProtectedIsOpenedAgain(SrtpProfile profile, SrtpCiphers ciphers) {
        var pair = new SrtpPair(profile, ciphers);
        var random = new SplittableRandom(1);
        for (int index = 0; index < 300; index++) {
            byte[] plain = new byte[12 + random.nextInt(1_300)];
            random.nextBytes(plain);
            Bytes.put32(plain, 0, 0x8060_0000 + index);
            Bytes.put32(plain, 8, SSRC);

            byte[] sealed = pair.protect(plain, 12, index);

            assertThat(sealed).hasSize(plain.length + profile.rtpOverhead());
            assertThat(pair.open(sealed)).isEqualTo(plain.length);
            assertThat(Arrays.copyOf(sealed, plain.length)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void reportsAreOpenedAgain(SrtpProfile profile, SrtpCiphers ciphers) {
        var pair = new SrtpPair(profile, ciphers);
        for (int round = 0; round < 100; round++) {
            byte[] plain = plainRtcp(SSRC + round % 3);

            byte[] sealed = pair.protectRtcp(plain);

            assertThat(sealed).hasSize(plain.length + profile.rtcpOverhead());
            assertThat(pair.receiver.unprotectRtcp(sealed, 0, sealed.length))
                    .isEqualTo(plain.length);
            assertThat(Arrays.copyOf(sealed, plain.length)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allCiphersUnderstandEachOther(SrtpProfile profile) {
        for (SrtpCiphers sending : CipherChoices.all()) {
            for (SrtpCiphers receiving : CipherChoices.all()) {
                var pair = new SrtpPair(profile, sending, receiving);
                byte[] sealed = pair.rtp(SSRC, 5);
                assertThat(pair.open(sealed)).isEqualTo(37);
                assertThat(sealed).startsWith(plainRtp(SSRC, 5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void headersWithExtensionAndSourcesStayReadable(SrtpProfile profile, SrtpCiphers ciphers) {
        byte[] plain = new byte[60];
        Bytes.put32(plain, 0, 0x9160_0001); // one CSRC, extension of two words
        Bytes.put32(plain, 8, SSRC);
        Bytes.put32(plain, 16, 0xbede_0002);
        var pair = new SrtpPair(profile, ciphers);

        byte[] sealed = pair.protect(plain, 28, 1);

        assertThat(Arrays.copyOf(sealed, 28)).isEqualTo(Arrays.copyOf(plain, 28));
        assertThat(Arrays.copyOfRange(sealed, 28, 60)).isNotEqualTo(new byte[32]);
        assertThat(pair.open(sealed)).isEqualTo(60);
        assertThat(sealed).startsWith(plain);
    }

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void noBitCanBeChanged(SrtpProfile profile, SrtpCiphers ciphers) {
        var pair = new SrtpPair(profile, ciphers);
        byte[] sealed = pair.rtp(SSRC, 9);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(pair.open(changed)).as("bit %d", bit).isNegative();
        }
        byte[] report = pair.protectRtcp(plainRtcp(SSRC));
        for (int bit = 0; bit < report.length * 8; bit++) {
            byte[] changed = report.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(pair.receiver.unprotectRtcp(changed, 0, changed.length))
                    .as("bit %d", bit)
                    .isNegative();
        }
        assertThat(pair.receiver.streams()).isZero();
        assertThat(pair.open(sealed)).isPositive();
    }

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void cutPacketsAreRefused(SrtpProfile profile, SrtpCiphers ciphers) {
        var pair = new SrtpPair(profile, ciphers);
        byte[] sealed = pair.rtp(SSRC, 9);
        byte[] report = pair.protectRtcp(plainRtcp(SSRC));
        for (int length = 0; length < sealed.length; length++) {
            assertThat(pair.open(Arrays.copyOf(sealed, length))).isNegative();
        }
        for (int length = 0; length < report.length; length++) {
            byte[] cut = Arrays.copyOf(report, length);
            assertThat(pair.receiver.unprotectRtcp(cut, 0, length)).isNegative();
        }
    }

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void unencryptedReportsAreRefused(SrtpProfile profile, SrtpCiphers ciphers) {
        var pair = new SrtpPair(profile, ciphers);
        byte[] report = pair.protectRtcp(plainRtcp(SSRC));
        int word = profile.isAead() ? report.length - 4 : report.length - 14;
        report[word] &= 0x7f;

        assertThat(pair.receiver.unprotectRtcp(report, 0, report.length))
                .isEqualTo(DropReason.SRTP_UNAUTHENTICATED.code());
    }

    @ParameterizedTest
    @MethodSource("org.maplebridge.media.srtp.CipherChoices#withProfiles")
    void emptyPayloadsTravelToo(SrtpProfile profile, SrtpCiphers ciphers) {
        var pair = new SrtpPair(profile, ciphers);
        byte[] plain = Arrays.copyOf(plainRtp(SSRC, 3), 12);

        byte[] sealed = pair.protect(plain, 12, 3);

        assertThat(pair.open(sealed)).isEqualTo(12);
    }

    @Test
    void neverWritesBeyondTheMemory() {
        var profile = SrtpProfile.AEAD_AES_128_GCM;
        var pair = new SrtpPair(profile, SrtpCiphers.best());
        MemorySegment tight = Arena.ofAuto().allocate(100);
        MemorySegment heap = MemorySegment.ofArray(new byte[200]);

        assertThatThrownBy(() -> pair.sender.protectRtp(tight, 0, 12, 85, SSRC, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> pair.sender.protectRtp(heap, 0, 12, 85, SSRC, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.sender.protectRtcp(tight, 60, 30))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @EnumSource
    void closedKeysAreNeverUsedAgain(SrtpProfile profile) {
        var pair = new SrtpPair(profile, SrtpCiphers.best());
        pair.sender.close();
        pair.sender.close();

        if (!SrtpCiphers.best().equals(SrtpCiphers.jdk())) {
            assertThatThrownBy(() -> pair.rtp(SSRC, 0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exportedKeysAreCutInTheOrderOfTheRfc(SrtpProfile profile) {
        byte[] exported = new byte[SrtpKeys.exportedLength(profile)];
        new SplittableRandom(3).nextBytes(exported);

        SrtpKeys server = SrtpKeys.ofExported(profile, exported, true);
        SrtpKeys client = SrtpKeys.ofExported(profile, exported, false);

        assertThat(client.localKey()).isEqualTo(Arrays.copyOf(exported, profile.keyLength()));
        assertThat(client.localKey()).isEqualTo(server.remoteKey());
        assertThat(client.localSalt()).isEqualTo(server.remoteSalt());
        assertThat(server.localKey()).isEqualTo(client.remoteKey());
        assertThat(server.localSalt()).isEqualTo(client.remoteSalt()).hasSize(profile.saltLength());
        assertThat(exported).endsWith(server.localSalt());
        assertThat(server).hasToString("SrtpKeys[" + profile + "]");
        assertThat(SrtpProfile.ofDtlsId(profile.dtlsId())).contains(profile);
    }
}
