package org.maplebridge.signaling.boot.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.objects.s3.TestS3;

/// What of an object store's settings ends the start, and what is waited for.
class ObjectStoreStartTest {
    @TempDir Path folder;

    @Test
    void aKeyAndABucketThatTheStoreDoesNotKnowEndTheStart() throws IOException {
        try (var server = TestS3.startIn(folder.resolve("s3"))) {
            assertRefused(
                    with(server, "secret-key", "some other secret"),
                    "maplebridge.object-store.access-key and .secret-key are refused by http");
            assertRefused(
                    with(server, "bucket", "no-such-bucket"),
                    "maplebridge.object-store.bucket is not known at http");
        }
    }

    @Test
    void aStoreThatIsAwayIsWaitedFor() throws IOException {
        try (var server = TestS3.startIn(folder.resolve("s3"))) {
            server.kill();
            try (var node = TestNode.on(folder, server.settings().toArray(String[]::new))) {
                assertThat(node.get("admin", "/actuator/prometheus").body())
                        .contains("maplebridge_object_store_away 1.0")
                        .doesNotContain(TestS3.SECRET);
            }
        }
    }

    private void assertRefused(List<String> settings, String sentence) {
        assertThatThrownBy(() -> TestNode.on(folder, settings.toArray(String[]::new)).close())
                .hasStackTraceContaining(sentence)
                .satisfies(why -> assertThat(traceOf(why)).doesNotContain(TestS3.SECRET));
    }

    private static String traceOf(Throwable why) {
        var all = new StringBuilder();
        for (Throwable one = why; one != null; one = one.getCause()) {
            all.append(one).append('\n');
        }
        return all.toString();
    }

    private static List<String> with(TestS3 server, String property, String value) {
        var name = "--maplebridge.object-store." + property + "=";
        var changed = new ArrayList<String>();
        server.settings().stream().filter(one -> !one.startsWith(name)).forEach(changed::add);
        changed.add(name + value);
        return changed;
    }
}
