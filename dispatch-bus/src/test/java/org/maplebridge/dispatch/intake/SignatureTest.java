package org.maplebridge.dispatch.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.intake.Signature.Verdict;

class SignatureTest {
    private static final Instant THEN = Instant.ofEpochSecond(1_764_000_000);
    private static final byte[] BODY = "{\"externalId\":\"1\"}".getBytes(UTF_8);

    /// As `openssl dgst -sha256 -hmac mbk_secret` has it.
    private static final String HEADER =
            "t=1764000000,v1=a0b6c0a3a55ebbed95e571f96761ae4a81c5f0ad069714ea78c45713c189a5ff";

    @Test
    void whatIsSignedIsGoodForFiveMinutesOnEitherSide() {
        var signature = read(Signature.of("mbk_secret", BODY, THEN).header());
        assertThat(signature.verify("mbk_secret", BODY, THEN)).isEqualTo(Verdict.GOOD);
        assertThat(signature.verify("mbk_secret", BODY, THEN.plusSeconds(300)))
                .isEqualTo(Verdict.GOOD);
        assertThat(signature.verify("mbk_secret", BODY, THEN.plusSeconds(301)))
                .isEqualTo(Verdict.STALE);
        assertThat(signature.verify("mbk_secret", BODY, THEN.minusSeconds(301)))
                .isEqualTo(Verdict.STALE);
    }

    @Test
    void anotherKeyBodyOrTimeIsWrong() {
        var signature = Signature.of("mbk_secret", BODY, THEN);
        assertThat(signature.verify("mbk_other", BODY, THEN)).isEqualTo(Verdict.WRONG);
        assertThat(signature.verify("mbk_secret", "{}".getBytes(UTF_8), THEN))
                .isEqualTo(Verdict.WRONG);
        var moved = new Signature(signature.t() + 1, signature.mac());
        assertThat(moved.verify("mbk_secret", BODY, THEN)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void itIsWhatOtherProgramsCompute() {
        assertThat(Signature.of("mbk_secret", BODY, THEN).header()).isEqualTo(HEADER);
    }

    @Test
    void whatIsNotAHeaderOfOursIsNone() {
        assertThat(Signature.read("")).isEmpty();
        assertThat(Signature.read("t=1,v1=00")).isEmpty();
        assertThat(Signature.read("v1=" + "0".repeat(64) + ",t=1")).isEmpty();
        assertThat(Signature.read("t=-1,v1=" + "0".repeat(64))).isEmpty();
        assertThat(Signature.read("t=1,v1=" + "A".repeat(64))).isEmpty();
        assertThat(Signature.read("t=" + "9".repeat(13) + ",v1=" + "0".repeat(64))).isEmpty();
    }

    private static Signature read(String header) {
        return Signature.read(header).orElseThrow();
    }
}
