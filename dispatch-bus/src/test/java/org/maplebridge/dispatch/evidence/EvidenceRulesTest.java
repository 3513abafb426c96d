package org.maplebridge.dispatch.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.UserId;

/// What may be sent, and what it has to look like.
class EvidenceRulesTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final byte[] NONE = {};
    private static final byte[] TIFF = Pictures.ascii("MM\0*exif");

    @Test
    void aClaimHasATypeASizeAndAHashAndNoPlaceForAName() {
        assertThat(fault("image/jpeg", 1, HASH, "照片 1.jpg")).isEmpty();
        assertThat(fault("video/mp4; codecs=avc1", 100 << 20, HASH, null)).isEmpty();
        assertThat(Claim.of(new Claim.Said("IMAGE/PNG", 7, HASH, null)))
                .isEqualTo(new Claim(EvidenceType.PNG, 7, HASH));
        for (var type :
                List.of("", "image/svg+xml", "text/html", "application/zip", "image/heic")) {
            assertThat(fault(type, 1, HASH, null)).contains(EvidenceFault.UNSUPPORTED_TYPE);
        }
        assertThat(fault("image/jpeg", (15 << 20) + 1, HASH, null))
                .contains(EvidenceFault.TOO_LARGE);
        assertThat(fault("video/webm", (100L << 20) + 1, HASH, null))
                .contains(EvidenceFault.TOO_LARGE);
        for (long bytes : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(fault("image/jpeg", bytes, HASH, null)).contains(EvidenceFault.MALFORMED);
        }
        for (var hash : List.of("", "abc", HASH + "0", HASH.replace('a', 'A'))) {
            assertThat(fault("image/jpeg", 1, hash, null)).contains(EvidenceFault.MALFORMED);
        }
        var places = List.of("../a.jpg", "/etc/passwd", "a\\b.jpg", "..", ".", "", "a\0.jpg");
        for (var name : places) {
            assertThat(fault("image/jpeg", 1, HASH, name)).contains(EvidenceFault.BAD_NAME);
        }
        assertThat(fault("image/jpeg", 1, HASH, "x".repeat(256))).contains(EvidenceFault.BAD_NAME);
    }

    @Test
    void eachTypeIsKnownByItsFirstBytesAndNoOther() {
        var heads =
                Map.of(
                        EvidenceType.JPEG, Pictures.jpeg(4, 4, NONE),
                        EvidenceType.PNG, Pictures.png(4, 4, NONE),
                        EvidenceType.WEBP, Pictures.webp(4, 4, NONE),
                        EvidenceType.MP4, Pictures.box("mp42"),
                        EvidenceType.QUICKTIME, Pictures.box("qt  "),
                        EvidenceType.WEBM, Pictures.ascii("\u001aE\u00df\u00a3\u0001B\u0082webm"),
                        EvidenceType.PDF, Pictures.ascii("%PDF-1.7"));
        heads.forEach((of, head) -> {
            for (var type : EvidenceType.values()) {
                assertThat(type.begins(head)).as(of + " as " + type).isEqualTo(type == of);
            }
        });
        var others =
                List.of(
                        "<html><script>alert(1)</script>",
                        "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>",
                        "PK\u0003\u0004 a zip that is called .jpg",
                        "GIF89a",
                        "\u00ff\u00d8",
                        "RIFF____WAVE",
                        "");
        for (var other : others) {
            for (var type : EvidenceType.values()) {
                assertThat(type.begins(Pictures.ascii(other))).as(other).isFalse();
            }
        }
        assertThat(EvidenceType.MP4.begins(Pictures.box("heic"))).isFalse();
        assertThat(EvidenceType.MP4.begins(Pictures.box("<htm"))).isFalse();
    }

    @Test
    void aPictureSaysItsSizeAndWhereItsExifLies() {
        for (byte[] exif : List.of(NONE, TIFF)) {
            var jpeg = PictureHeader.read(EvidenceType.JPEG, Pictures.jpeg(4032, 3024, exif));
            var png = PictureHeader.read(EvidenceType.PNG, Pictures.png(4032, 3024, exif));
            var webp = PictureHeader.read(EvidenceType.WEBP, Pictures.webp(4032, 3024, exif));
            for (var found : List.of(jpeg, png, webp)) {
                assertThat(found.orElseThrow().size())
                        .isEqualTo(new Evidence.PictureSize(4032, 3024));
                assertThat(found.get().exif()).isEqualTo(exif);
                assertThat(found.get().hasTooManyPixels()).isFalse();
            }
        }
    }

    @Test
    void aPictureThatWouldFillAMemoryIsSeenWithoutOpeningIt() {
        var bombs =
                List.of(
                        Pictures.png(Integer.MAX_VALUE, 1, NONE),
                        Pictures.png(-1, -1, NONE),
                        Pictures.png(20_000, 20_000, NONE));
        for (byte[] bomb : bombs) {
            assertThat(PictureHeader.read(EvidenceType.PNG, bomb).orElseThrow().hasTooManyPixels())
                    .isTrue();
        }
        var wide = PictureHeader.read(EvidenceType.JPEG, Pictures.jpeg(65_535, 65_535, NONE));
        assertThat(wide.orElseThrow().hasTooManyPixels()).isTrue();
        assertThat(PictureHeader.read(EvidenceType.PNG, Pictures.png(0, 5, NONE))).isEmpty();
    }

    @Test
    void whateverComesIsReadWithoutHarm() {
        var random = new Random(26);
        var whole =
                List.of(
                        Pictures.jpeg(400, 300, TIFF),
                        Pictures.png(400, 300, TIFF),
                        Pictures.webp(400, 300, TIFF));
        for (int round = 0; round < 60_000; round++) {
            byte[] file = whole.get(round % 3).clone();
            for (int changes = random.nextInt(6); changes > 0; changes--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(file, random.nextInt(file.length + 1));
            for (var type : EvidenceType.values()) {
                type.begins(cut);
                PictureHeader.read(type, cut)
                        .ifPresent(found ->
                                assertThat(found.exif().length).isLessThanOrEqualTo(cut.length));
            }
        }
    }

    @Test
    void theFilesNameIsOursAndTheSameSenderIsOneSource() {
        var id = new EvidenceId("e1");
        var claim = new Claim(EvidenceType.JPEG, 5, HASH);
        var at = Instant.parse("2026-11-29T23:59:59Z");
        var incident = new IncidentId("i1");
        var report = new Evidence.About(incident, null, new ReportId("r1"));
        var citizen = new Evidence.Sender(null, null, "address");
        var evidence = new Evidence(id, report, citizen, claim, null, at, null);
        assertThat(evidence.file()).isEqualTo("2026/11/29/e1.jpg");
        assertThat(evidence.source()).isEqualTo("report/r1");

        var order = new Evidence.About(incident, new OrderId("o1"), null);
        var car = new Evidence.Sender(new UserId("car1"), null, "car1");
        assertThat(new Evidence(id, order, car, claim, null, at, null).source())
                .isEqualTo("order/o1/car1");
        var matter = new Evidence.About(incident, null, null);
        assertThat(new Evidence(id, matter, car, claim, null, at, null).source())
                .isEqualTo("incident/i1/car1");
    }

    private static Optional<EvidenceFault> fault(
            String type, long bytes, String hash, @Nullable String name) {
        return Claim.fault(new Claim.Said(type, bytes, hash, name));
    }
}
