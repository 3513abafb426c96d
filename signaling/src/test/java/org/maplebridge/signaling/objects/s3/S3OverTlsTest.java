package org.maplebridge.signaling.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.maplebridge.signaling.objects.Sha256;

/// A store whose certificate nobody but the operator vouches for.
class S3OverTlsTest {
    @TempDir Path folder;

    @Test
    void anAuthorityOfOnesOwnIsTrustedAndNobodyElse() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=store", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
        var file = Files.writeString(folder.resolve("file"), "sealed");
        var sha256 = Sha256.of(file);
        try (var server = TestS3.secured(Files.createDirectory(folder.resolve("s3")), keystore())) {
            try (var trusting = new S3Objects(place(server, folder.resolve("ca.pem")))) {
                trusting.put("a.rec", file, sha256);
                trusting.fetch("a.rec", folder.resolve("back"), sha256);
                assertThat(folder.resolve("back")).hasSameBinaryContentAs(file);
                assertThat(server.log())
                        .as("its hash is signed over TLS, too")
                        .containsIgnoringCase("x-amz-content-sha256: " + sha256)
                        .doesNotContain("UNSIGNED-PAYLOAD");
            }
            try (var strict = new S3Objects(place(server, null))) {
                assertThatThrownBy(strict::check)
                        .isInstanceOf(ObjectStoreFault.class)
                        .hasStackTraceContaining("PKIX");
            }
        }
    }

    private static S3Place place(TestS3 server, @Nullable Path authority) {
        return new S3Place(
                URI.create("https://127.0.0.1:" + server.port()),
                "us-east-1",
                TestS3.BUCKET,
                "r/",
                true,
                TestS3.KEY,
                TestS3.SECRET,
                authority);
    }

    private Path keystore() {
        return folder.resolve("store.p12");
    }

    private void keytool(String... what) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(what));
        command.addAll(
                List.of(
                        "-alias",
                        "s3",
                        "-keystore",
                        keystore().toString(),
                        "-storetype",
                        "PKCS12"));
        command.addAll(List.of("-storepass", TestS3.SECRET));
        var log = folder.resolve("keytool.log").toFile();
        int exit =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start()
                        .waitFor();
        assertThat(exit).as(Files.readString(log.toPath())).isZero();
    }
}
