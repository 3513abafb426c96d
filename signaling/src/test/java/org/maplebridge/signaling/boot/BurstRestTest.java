package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.Talk.GROUP;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.signaling.burst.VoiceFiles;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews.Burst;
import tools.jackson.databind.JsonNode;

/// Bursts and their sound over REST.
class BurstRestTest {
    private final TestNode node = TestNode.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private Burst burst;

    @BeforeEach
    void somethingWasSaid() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            burst = Talk.in(GROUP, car, room);
        }
    }

    @Test
    void theWholeSoundIsPlayedInline() {
        var answer = audio("xinhe");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(FakeRelay.SOUND);
        assertThat(header(answer, "Content-Type")).isEqualTo("audio/ogg");
        assertThat(header(answer, "Content-Length")).isEqualTo("10000");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Content-Disposition"))
                .isEqualTo("inline; filename=\"" + burst.id() + ".opus\"");
        assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "ETag")).startsWith("\"").endsWith("\"");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 99",
        "bytes=9900-, 9900, 9999",
        "bytes=-1, 9999, 9999",
        "bytes=5000-999999, 5000, 9999"
    })
    void aPartIsPlayedFromWhereItWasAskedFor(String range, int first, int last) {
        var answer = audio("xinhe", "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range"))
                .isEqualTo("bytes %d-%d/10000".formatted(first, last));
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(FakeRelay.SOUND, first, last + 1));
    }

    @Test
    void whatIsNotThereIsNoPart() {
        var answer = audio("xinhe", "Range", "bytes=10000-");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */10000");
        assertThat(header(answer, "Content-Type")).contains("application/problem+json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"code\":\"no-such-range\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=9-5", "chapters=1-2", "bytes=x"})
    void whatAsksForSeveralPartsOrNoneIsTheWhole(String range) {
        var answer = audio("xinhe", "Range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(10_000);
    }

    @Test
    void aPartOfSomethingElseIsTheWhole() {
        var etag = header(audio("xinhe"), "ETag");

        assertThat(audio("xinhe", "Range", "bytes=0-9", "If-Range", etag).statusCode())
                .isEqualTo(206);
        for (var other : List.of("\"other\"", "W/" + etag, "Sat, 21 Nov 2026 12:00:00 GMT")) {
            assertThat(audio("xinhe", "Range", "bytes=0-9", "If-Range", other).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsThereAlreadyIsNotSentAgain() {
        var etag = header(audio("xinhe"), "ETag");
        var answer = audio("xinhe", "If-None-Match", etag, "Range", "bytes=0-9");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "ETag")).isEqualTo(etag);
        assertThat(audio("xinhe", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(audio("xinhe", "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        assertThat(audio("xinhe", "If-Match", "\"other\", " + etag).statusCode()).isEqualTo(200);
        assertThat(audio("xinhe", "If-Match", "*").statusCode()).isEqualTo(200);
    }

    @Test
    void everyPlayStandsInTheAuditAndALookDoesNot() {
        send(node.as("xinhe", path()).HEAD());
        audio("xinhe", "Range", "bytes=10000-");
        audio("xinhe", "If-Match", "\"other\"");
        assertThat(plays()).isZero();

        var etag = header(audio("xinhe"), "ETag");
        audio("car2", "Range", "bytes=0-99");
        audio("xinhe", "If-None-Match", etag);

        assertThat(plays()).isEqualTo(3);
    }

    @Test
    void aLookSaysHowLongItIs() {
        var answer = send(node.as("xinhe", path()).HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("10000");
        assertThat(answer.body()).isEmpty();
    }

    /// Far more than any buffer on the way holds.
    @Test
    void whoGoesAwayInTheMiddleHarmsNobody() throws IOException {
        var file = node.bean("voiceFiles", VoiceFiles.class).find(soundFile()).orElseThrow();
        Files.write(file, new byte[64 << 20]);
        try (var socket = new Socket("127.0.0.1", node.port())) {
            var request =
                    "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(path(), node.token("xinhe"));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(9_000)).hasSize(9_000);
        }

        var part = audio("xinhe", "Range", "bytes=67108000-");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).hasSize((64 << 20) - 67_108_000);
        Files.delete(file);
        assertThat(audio("xinhe").statusCode()).isEqualTo(404);
    }

    private String soundFile() {
        return DateTimeFormatter.ofPattern("yyyy/MM/dd/", Locale.ROOT)
                        .format(burst.at().atOffset(ZoneOffset.UTC))
                + burst.id()
                + ".opus";
    }

    @Test
    void whoeverMayNotHearItSeesNothingOfIt() {
        for (var stranger : List.of("zeguo", "zeguo-car1", "daxi-police")) {
            assertThat(audio(stranger).statusCode()).isEqualTo(404);
            assertThat(node.get(stranger, "/api/bursts/" + burst.id()).statusCode()).isEqualTo(404);
            assertThat(node.get(stranger, "/api/bursts?limit=500").body())
                    .doesNotContain(burst.id());
            assertThat(node.get(stranger, "/api/bursts?call=" + GROUP).body())
                    .doesNotContain(burst.id());
        }
        for (var member : List.of("car2", "xinhe-police", "city", "admin", "xinhe-analysis")) {
            assertThat(audio(member).statusCode()).as(member).isEqualTo(200);
            assertThat(node.get(member, "/api/bursts?limit=500").body()).contains(burst.id());
        }
        assertThat(node.send(node.request(path()).GET()).statusCode()).isEqualTo(401);
        assertThat(plays()).isEqualTo(5);
    }

    @Test
    void whatIsNoIdIsNotThere() {
        for (var id : List.of("no-such", "..", "%2e%2e%2fsecret", "a%20b", "x".repeat(65))) {
            assertThat(node.get("xinhe", "/api/bursts/" + id + "/audio").statusCode())
                    .as(id)
                    .isIn(400, 404);
        }
    }

    @Test
    void oneBurstIsToldWithEverythingTheFloorDid() {
        var spoken = TestNode.json(node.get("xinhe", "/api/bursts/" + burst.id()));

        assertThat(spoken.get("burst").get("id").asString()).isEqualTo(burst.id());
        assertThat(spoken.get("burst").get("heard").asBoolean()).isTrue();
        assertThat(spoken.get("tier").asString()).isEqualTo("yellow");
        assertThat(spoken.get("result").asString()).isEqualTo("granted");
        assertThat(spoken.get("end").asString()).isEqualTo("released");
        assertThat(spoken.get("complete").asBoolean()).isTrue();
        assertThat(spoken.get("calls").toString()).isEqualTo("[\"group-xinhe\"]");
        assertThat(spoken.get("listeners").toString()).contains("car1", "xinhe");
        assertThat(Instant.parse(spoken.get("requestedAt").asString()))
                .isBeforeOrEqualTo(burst.at());
        assertThat(spoken.get("burst").get("durationMs").asInt()).isEqualTo(1_200);
    }

    @Test
    void aListIsNarrowedByCallUnitTimeAndNumber() {
        assertThat(ids("?call=" + GROUP)).contains(burst.id());
        assertThat(ids("?call=group-zeguo")).doesNotContain(burst.id());
        assertThat(ids("?unit=car1")).contains(burst.id());
        assertThat(ids("?unit=car2")).doesNotContain(burst.id());
        assertThat(ids("?limit=1")).containsExactly(burst.id());
        var just = burst.at();
        assertThat(ids("?from=" + just)).contains(burst.id());
        assertThat(ids("?to=" + just)).doesNotContain(burst.id());
        assertThat(ids("?from=%s&to=%s".formatted(just, just.plusSeconds(1)))).contains(burst.id());
    }

    @Test
    void moreThanWasAskedForIsSaid() {
        somethingWasSaid();

        var page = TestNode.json(node.get("xinhe", "/api/bursts?limit=1"));

        assertThat(page.get("more").asBoolean()).isTrue();
        assertThat(page.get("bursts").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=x",
                "?from=yesterday",
                "?from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z",
                "?from=2000-01-01T00:00:00Z",
                "?call=no%20id"
            })
    void whatMakesNoSenseIsMalformed(String query) {
        var answer = node.get("xinhe", "/api/bursts" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"malformed\"");
    }

    @Test
    void aUnitThatIsNotSeenIsNotThere() {
        assertThat(node.get("zeguo", "/api/bursts?unit=car1").statusCode()).isEqualTo(404);
        assertThat(node.get("zeguo", "/api/bursts?unit=nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void theDayIsTheDefault() {
        var ago = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        assertThat(ids("?to=" + ago)).isEmpty();
    }

    private List<String> ids(String query) {
        JsonNode page = TestNode.json(node.get("xinhe", "/api/bursts" + query));
        return page.get("bursts").valueStream().map(one -> one.get("id").asString()).toList();
    }

    private long plays() {
        var audit = node.get("city", "/api/audit?subject=" + burst.id()).body();
        return audit.split("BURST_PLAYED", -1).length - 1;
    }

    private String path() {
        return "/api/bursts/" + burst.id() + "/audio";
    }

    private HttpResponse<byte[]> audio(String account, String... headers) {
        var request = node.as(account, path()).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
