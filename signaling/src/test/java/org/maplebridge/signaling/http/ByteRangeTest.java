package org.maplebridge.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.signaling.http.ByteRange.Outside;
import org.maplebridge.signaling.http.ByteRange.Part;
import org.maplebridge.signaling.http.ByteRange.Whole;

/// The examples of RFC 9110 §14.1.2 with its 10,000 bytes, and what people send beside them.
class ByteRangeTest {
    private static final long LENGTH = 10_000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-499, 0, 499",
        "bytes=500-999, 500, 999",
        "bytes=-500, 9500, 9999",
        "bytes=9500-, 9500, 9999",
        "bytes=0-0, 0, 0",
        "bytes=-1, 9999, 9999",
        "bytes=0-, 0, 9999",
        "bytes=9999-9999, 9999, 9999",
        "bytes=5-20000, 5, 9999",
        "bytes=-20000, 0, 9999",
        "bytes=0-99999999999999999999999, 0, 9999",
        "bytes=-99999999999999999999999, 0, 9999",
        "bytes=00000000000000000000007-8, 7, 8",
        "BYTES=1-2, 1, 2",
        "'bytes= 1-2 ', 1, 2",
    })
    void aRangeIsAPart(String header, long first, long last) {
        var part = new Part(first, last);

        assertThat(ByteRange.of(header, LENGTH)).isEqualTo(part);
        assertThat(part.length()).isEqualTo(last - first + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=10000-",
                "bytes=10000-10001",
                "bytes=99999999999999999999-",
                "bytes=-0"
            })
    void whatLiesBehindTheEndIsOutside(String header) {
        assertThat(ByteRange.of(header, LENGTH)).isEqualTo(new Outside());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=--5",
                "bytes=5",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=-b",
                "bytes=9-5",
                "bytes=+1-2",
                "bytes=1 -2",
                "bytes=١-٢",
                "items=0-5",
                "bytes=0-1,5-6",
                "bytes=0-0,-1",
                "bytes 0-5"
            })
    void whatCannotBeReadAndWhatAsksForSeveralIsTheWhole(String header) {
        assertThat(ByteRange.of(header, LENGTH)).isEqualTo(new Whole());
    }

    @Test
    void nothingHasNoPart() {
        assertThat(ByteRange.of(null, LENGTH)).isEqualTo(new Whole());
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new Outside());
        assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new Outside());
    }
}
