package org.maplebridge.media.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
        @Nullable CipherSource intel = IpsecMbCiphers.open(jdk);
        assumeThat(intel).isNotNull();

        assertThat(CipherProbe.agree(Objects.requireNonNull(intel), jdk)).isTrue();
        assertThat(CipherSource.best().name()).startsWith("ipsec-mb 1.");
    }

    @Test
    void ciphersThatAnswerOtherwiseAreRefused() {
        assertThat(CipherProbe.agree(CipherSource.best(), CipherSource.jdk())).isTrue();
        assertThat(CipherProbe.agree(new WrongKey(), CipherSource.jdk())).isFalse();
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
