package org.maplebridge.signaling.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.maplebridge.signaling.objects.ObjectStoreFault.Kind;
import org.maplebridge.signaling.objects.Sha256;

/// What the store is asked, against a server that is not ours.
class S3ObjectsTest {
    private static final int SMALL = 100_000;
    private static final int LARGE = 2 * S3Objects.PART_BYTES + 12_345;

    @TempDir static Path folder;
    @TempDir Path here;
    private static TestS3 server;
    private S3Objects store;

    @BeforeAll
    static void start() throws IOException {
        server = TestS3.startIn(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        store = new S3Objects(server.place());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasPutComesBackAndIsDeletedOnceOrTwice() throws Exception {
        var file = file(SMALL);
        var sha256 = Sha256.of(file);
        store.check();
        store.put("a/small.rec", file, sha256);
        assertThat(server.file("a/small.rec")).hasSameBinaryContentAs(file);
        store.fetch("a/small.rec", here.resolve("back"), sha256);
        assertThat(here.resolve("back")).hasSameBinaryContentAs(file);
        store.delete("a/small.rec");
        store.delete("a/small.rec");
        assertThat(server.file("a/small.rec")).doesNotExist();
        assertFails(Kind.MISSING, () -> store.fetch("a/small.rec", here.resolve("x"), sha256));
    }

    @Test
    void whatIsLargeGoesInPartsAndComesBackWhole() throws Exception {
        var file = file(LARGE);
        var sha256 = Sha256.of(file);
        store.put("a/large.rec", file, sha256);
        store.fetch("a/large.rec", here.resolve("back"), sha256);
        assertThat(here.resolve("back")).hasSameBinaryContentAs(file);
    }

    @Test
    void whatIsThereIsNotSentAgain() throws Exception {
        var file = file(LARGE);
        try (var line = new CutLine(server.port());
                var over = over(line)) {
            over.put("a/again.rec", file, Sha256.of(file));
            long carried = line.carriedUp();
            assertThat(carried).isGreaterThan(LARGE);
            over.put("a/again.rec", file, Sha256.of(file));
            assertThat(line.carriedUp() - carried).isLessThan(10_000);
        }
    }

    @Test
    void aLineThatBreaksOnTheWayUpCostsAPart() throws Exception {
        var file = file(LARGE);
        try (var line = new CutLine(server.port());
                var over = over(line)) {
            line.breaks(S3Objects.PART_BYTES / 2, Long.MAX_VALUE, 2);
            over.put("a/cut.rec", file, Sha256.of(file));
            assertThat(line.cuts()).isEqualTo(2);
            assertThat(server.file("a/cut.rec")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void whatWasCutOffLeavesNothingThatIsSeenAndIsPutAfterwards() throws Exception {
        var file = file(LARGE);
        var sha256 = Sha256.of(file);
        try (var line = new CutLine(server.port());
                var over = over(line)) {
            line.breaks(S3Objects.PART_BYTES / 2, Long.MAX_VALUE, 99);
            assertFails(Kind.AWAY, () -> over.put("a/half.rec", file, sha256));
            assertFails(Kind.MISSING, () -> store.fetch("a/half.rec", here.resolve("x"), sha256));
        }
        store.put("a/half.rec", file, sha256);
        store.fetch("a/half.rec", here.resolve("back"), sha256);
    }

    @Test
    void aLineThatBreaksOnTheWayDownIsTakenUpWhereItBroke() throws Exception {
        var file = file(LARGE);
        var sha256 = Sha256.of(file);
        store.put("a/down.rec", file, sha256);
        try (var line = new CutLine(server.port());
                var over = over(line)) {
            line.breaks(Long.MAX_VALUE, LARGE / 3, 2);
            over.fetch("a/down.rec", here.resolve("back"), sha256);
            assertThat(line.cuts()).isEqualTo(2);
            assertThat(here.resolve("back")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void aByteThatChangesOnTheWayIsRefusedByTheStoreItself() throws Exception {
        var file = file(SMALL);
        try (var line = new CutLine(server.port());
                var over = over(line)) {
            line.flips(SMALL / 2, 1);
            assertThatThrownBy(() -> over.put("a/flipped.rec", file, Sha256.of(file)))
                    .isInstanceOf(ObjectStoreFault.class);
            assertThat(server.file("a/flipped.rec")).doesNotExist();
            over.put("a/flipped.rec", file, Sha256.of(file));
            assertThat(server.file("a/flipped.rec")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void aChangedByteIsFound() throws Exception {
        var file = file(SMALL);
        var sha256 = Sha256.of(file);
        store.put("a/changed.rec", file, sha256);
        var kept = server.file("a/changed.rec");
        byte[] bytes = Files.readAllBytes(kept);
        bytes[SMALL / 2] ^= 1;
        Files.write(kept, bytes);
        assertFails(Kind.CHANGED, () -> store.fetch("a/changed.rec", here.resolve("x"), sha256));
    }

    @Test
    void aWrongKeyAndAnUnknownBucketAreToldApart() throws Exception {
        var file = file(SMALL);
        var sha256 = Sha256.of(file);
        var place = TestS3.place(server.port(), "another secret", TestS3.BUCKET);
        assertThat(place.toString()).doesNotContain("secret").doesNotContain(TestS3.KEY);
        try (var wrong = new S3Objects(place)) {
            assertFails(Kind.KEY_REFUSED, wrong::check);
            assertFails(Kind.KEY_REFUSED, () -> wrong.put("a/wrong.rec", file, sha256));
        }
        try (var wrong =
                new S3Objects(TestS3.place(server.port(), TestS3.SECRET, "no-such-bucket"))) {
            assertFails(Kind.NO_BUCKET, wrong::check);
        }
        assertThat(server.file("a/wrong.rec")).doesNotExist();
    }

    @Test
    void whatIsNotAnsweredIsAway() throws Exception {
        try (ObjectStore nobody =
                new S3Objects(TestS3.place(TestS3.freePort(), TestS3.SECRET, TestS3.BUCKET))) {
            assertFails(Kind.AWAY, nobody::check);
            assertFails(Kind.AWAY, () -> nobody.delete("x"));
        }
    }

    @Test
    void anAuthorityThatIsNoneIsRefused() throws IOException {
        var none = Files.writeString(here.resolve("ca.pem"), "nothing");
        var place =
                new S3Place(URI.create("https://127.0.0.1:1"), "r", "b", "", true, "k", "s", none);
        assertThatThrownBy(() -> new S3Objects(place))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ca.pem");
    }

    private interface Asking {
        void ask() throws Exception;
    }

    private static void assertFails(Kind kind, Asking what) {
        assertThatThrownBy(what::ask)
                .isInstanceOf(ObjectStoreFault.class)
                .satisfies(fault -> assertThat(((ObjectStoreFault) fault).kind()).isEqualTo(kind));
    }

    private static S3Objects over(CutLine line) throws IOException {
        return new S3Objects(TestS3.place(line.port(), TestS3.SECRET, TestS3.BUCKET));
    }

    private Path file(int bytes) throws IOException {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(here.resolve("file-" + bytes), content);
    }
}
