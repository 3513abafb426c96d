package org.maplebridge.signaling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.TestNode;

/// A private network gets certificates that its terminals trust, and no others.
class CertificateTest {
    @TempDir Path here;
    private Path made;

    @BeforeEach
    void look() {
        Shell.needs("bash", "openssl", "curl");
        made = here.resolve("certificates");
    }

    @Test
    void aNodeIsTrustedByItsNamesAndByNoOther() throws Exception {
        issue("dispatch.test", "127.0.0.1");
        try (var node =
                TestNode.on(
                        here.resolve("data"),
                        "--maplebridge.tls.certificate=" + made.resolve("dispatch.test.pem"),
                        "--maplebridge.tls.key=" + made.resolve("dispatch.test-key.pem"))) {
            assertThat(curl(node, "127.0.0.1").said()).isEqualTo("200");
            assertThat(curl(node, "dispatch.test").said()).isEqualTo("200");

            assertThat(curl(node, "other.test").code()).isEqualTo(60); // name does not match
            assertThat(curl(node, "localhost").code()).isEqualTo(60);
            var stranger = Shell.run("curl", "--silent", liveness(node, "127.0.0.1"));
            assertThat(stranger.code()).isEqualTo(60); // authority not known
        }
    }

    @Test
    void theAuthorityIsMadeOnceAndNobodyElseReadsTheKeys() throws Exception {
        issue("dispatch.test");
        String authority = Files.readString(made.resolve("authority.pem"));
        String certificate = Files.readString(made.resolve("dispatch.test.pem"));

        issue("dispatch.test");

        assertThat(made.resolve("authority.pem")).hasContent(authority);
        assertThat(Files.readString(made.resolve("dispatch.test.pem"))).isNotEqualTo(certificate);
        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(made.resolve("authority-key.pem"))).isEqualTo("rw-------");
        assertThat(mode(made.resolve("dispatch.test-key.pem"))).isEqualTo("rw-------");
    }

    @Test
    void whatEndsSoonIsSaid() throws Exception {
        issue("--days=20", "dispatch.test");

        var check = program("--check");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.said()).contains("dispatch.test.pem: ENDS", "authority.pem: good until");
        assertThat(program("--check=10").code()).isZero();
    }

    @Test
    void whatCannotBeANameIsRefusedBeforeAnythingIsMade() throws Exception {
        for (String name : new String[] {"https://dispatch.test", "dispatch.test:8080", "a b"}) {
            assertThat(program(name).code()).isEqualTo(2);
        }
        assertThat(made).doesNotExist();
    }

    private void issue(Object... names) throws Exception {
        var result = program(names);
        assertThat(result.code()).as(result.said()).isZero();
        assertThat(result.said()).contains("--maplebridge.tls.certificate=" + made);
    }

    private Shell.Result program(Object... arguments) throws Exception {
        var command = new Object[arguments.length + 2];
        command[0] = Shell.file("bin/certificate");
        command[1] = "--in=" + made;
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Shell.run(command);
    }

    private Shell.Result curl(TestNode node, String host) throws Exception {
        return Shell.run(
                "curl",
                "--silent",
                "--noproxy",
                "*",
                "--cacert",
                made.resolve("authority.pem"),
                "--resolve",
                host + ":" + node.port() + ":127.0.0.1",
                "--output",
                "/dev/null",
                "--write-out",
                "%{response_code}",
                liveness(node, host));
    }

    private static String liveness(TestNode node, String host) {
        return "https://" + host + ":" + node.port() + "/actuator/health/liveness";
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
