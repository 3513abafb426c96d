package org.maplebridge.signaling.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.s3.TestS3;

/// A process of its own that brings what waits to the object store, until it is killed.
final class UploadingProcess {
    private UploadingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var data = Path.of(arguments[0]);
        try (var record = JdbcRecord.open(JdbcSettings.embedded(data));
                var objects = TestS3.open(Integer.parseInt(arguments[1]))) {
            uploads(record, data, objects).round();
        }
    }

    static RecordingUploads uploads(RecordStores record, Path data, ObjectStore objects)
            throws Exception {
        return new RecordingUploads(
                record.recordings(),
                new RecordingFiles(data.resolve("recordings")),
                objects,
                () -> Optional.of("here"),
                Duration.ofDays(1),
                InstantSource.system());
    }
}
