package org.maplebridge.signaling.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;
import org.maplebridge.signaling.protocol.Limit;

class CodecTest {
    private final Codec codec = new Codec();

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '\'',
            value = {
                "''#malformed#",
                "nonsense#malformed#",
                "[]#malformed#",
                "null#malformed#",
                "7#malformed#",
                "{\"type\":\"ping\",\"seq\":1} {}#malformed#",
                "{\"type\":\"ping\",\"seq\":1,\"seq\":2}#malformed#",
                "{\"seq\":1}#malformed#type",
                "{\"type\":7}#malformed#type",
                "{\"type\":\"ping\"}#malformed#seq",
                "{\"type\":\"ping\",\"seq\":\"1\"}#malformed#seq",
                "{\"type\":\"ping\",\"seq\":1.5}#malformed#seq",
                "{\"type\":\"ping\",\"seq\":-1}#malformed#seq",
                "{\"type\":\"ping\",\"seq\":99999999999999999999}#malformed#seq",
                "{\"type\":\"watch.start\",\"tile\":25,\"unit\":\"car1\"}#too-large#tile",
                "{\"type\":\"watch.start\",\"tile\":0,\"unit\":\"\"}#malformed#unit",
                "{\"type\":\"live.update\",\"camera\":\"up\",\"muted\":true}#malformed#camera",
                "{\"type\":\"live.update\",\"camera\":\"front\",\"muted\":1}#malformed#muted",
                "{\"type\":\"order.report\",\"order\":\"o\",\"step\":\"read\",\"at\":\"now\"}#malformed#at",
                "{\"type\":\"stats.report\",\"legs\":{\"rttMs\":1e999}}#too-large#rttMs",
                "{\"type\":\"stats.report\",\"legs\":[]}#malformed#legs",
                "{\"type\":\"order.explode\"}#unknown-type#type",
                "{\"type\":\"welcome\"}#unknown-type#type",
                "{\"type\":\"ping\",\"seq\":1,\"id\":7}#malformed#id",
            })
    void namesWhatIsWrong(String text, String code, String field) {
        var refusal = ((Decoded.Unreadable) codec.decode(text == null ? "" : text)).refusal();

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.params().get("field")).isEqualTo(field);
    }

    @Test
    void answersToTheIdEvenWhenTheRestIsWrong() {
        var decoded = (Decoded.Unreadable) codec.decode("{\"type\":\"ping\",\"id\":\"17\"}");

        assertThat(decoded.re()).isEqualTo("17");
    }

    @Test
    void ignoresFieldsOfAFutureVersion() {
        var decoded = codec.decode("{\"type\":\"ping\",\"seq\":4,\"mood\":{\"a\":[1]}}");

        assertThat(((Decoded.Frame) decoded).frame().message()).isEqualTo(new Ping(4));
    }

    @Test
    void refusesDeepNestingBeforeItCostsAnything() {
        var deep = "{\"type\":\"ping\",\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";

        assertThat(codec.decode(deep)).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void refusesAnOversizedFrameAndAnOversizedField() {
        var frame = "{\"type\":\"ping\",\"x\":\"" + "x".repeat(Codec.MAX_FRAME_CHARS) + "\"}";
        var sdp = "{\"type\":\"media.trickle\",\"fragment\":\"" + "x".repeat(8_193) + "\"}";

        assertThat(((Decoded.Unreadable) codec.decode(frame)).refusal().code())
                .isEqualTo("too-large");
        assertThat(((Decoded.Unreadable) codec.decode(sdp)).refusal().params())
                .isEqualTo(Map.of("field", "fragment", "max", "8192"));
    }

    @Test
    void everyTextListAndNumberOfAClientHasALimit() {
        assertThat(
                        WireMessages.below(ClientMessage.class).values().stream()
                                .flatMap(CodecTest::components)
                                .filter(CodecTest::needsLimit)
                                .filter(part -> part.getAnnotation(Limit.class) == null))
                .isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverThrowsOnMangledFrames(long seed) {
        var random = new SplittableRandom(seed);
        var samples = ProtocolDocumentTest.clientSamples().toList();
        for (int round = 0; round < 500; round++) {
            var text = new StringBuilder(samples.get(random.nextInt(samples.size())));
            for (int cut = random.nextInt(4); cut >= 0 && !text.isEmpty(); cut--) {
                mangle(text, random);
            }
            assertThat(codec.decode(text.toString())).isNotNull();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private static void mangle(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, "{}[]\",:0e-\\\0\ud800x".charAt(random.nextInt(14)));
            default -> text.setLength(at);
        }
    }

    private static Stream<RecordComponent> components(Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .flatMap(part ->
                        part.getType().isRecord() ? components(part.getType()) : Stream.of(part));
    }

    private static boolean needsLimit(RecordComponent part) {
        return part.getType() == String.class
                || part.getType() == List.class
                || Number.class.isAssignableFrom(part.getType())
                || (part.getType().isPrimitive() && part.getType() != boolean.class);
    }
}
