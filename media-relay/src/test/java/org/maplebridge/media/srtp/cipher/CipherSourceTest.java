package org.maplebridge.media.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CipherSourceTest {
    @Test
    void theSystemsLibraryIsChosenWhereThereIsOne() {
        assumeThat(LibcryptoCiphers.open()).isNotNull();

        assertThat(CipherSource.best().name()).contains("OpenSSL 3");
    }

    @Test
    void intelsLibraryAnswersAsTheOthersDoWhereItIsInstalled() {
        CipherSource jdk = CipherSource.jdk();
        var intel = Optional.ofNullable(IpsecMbCiphers.open(jdk));
        assumeThat(intel).isPresent();

        assertThat(CipherProbe.agree(intel.orElseThrow(), jdk)).isTrue();
        assertThat(CipherSource.best().name()).startsWith("ipsec-mb 1.");
    }

    @Test
    void ciphersThatAnswerOtherwiseAreRefused() {
        assertThat(CipherProbe.agree(CipherSource.best(), CipherSource.jdk())).isTrue();
        assertThat(CipherProbe.agree(new WrongKey(), CipherSource.jdk())).isFalse();
    }

    @Test
    void nothingIsSealedUnderKeysThatAreGone() {
        assumeThat(LibcryptoCiphers.open()).isNotNull();
        var aead = CipherSource.best().gcm(new byte[16], CipherSource.Direction.SEAL);
        aead.close();

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packet = arena.allocate(64);
            assertThatThrownBy(() -> aead.seal(packet, 0, 12, 40, Aead.NO_TRAILER))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /// The JDK's ciphers but for the last bit of every key.
    private static final class WrongKey extends CipherSource {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public Aead gcm(byte[] key, Direction direction) {
            byte[] wrong = key.clone();
            wrong[wrong.length - 1] ^= 1;
            return jdk().gcm(wrong, direction);
        }

        @Override
        public CounterMode counterMode(byte[] key) {
            return jdk().counterMode(key);
        }

        @Override
        public HmacSha1 hmacSha1(byte[] key) {
            return jdk().hmacSha1(key);
        }
    }
}
