package org.maplebridge.load.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordingReader;
import org.maplebridge.media.record.file.Verdict;

/// What a recording holds, seen from outside.
///
/// @param holes packets that are not in it between its first and its last
/// @param lastMillis the wall clock when its last one came
record RecordedFile(Verdict verdict, long packets, long holes, double lastMillis) {
    static RecordedFile read(Path file) throws IOException {
        Verdict verdict;
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            verdict = Verdict.of(in);
        }
        var seen = new HashSet<Long>();
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        double last = 0;
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var reader = new RecordingReader(in, _ -> RelayUnderTest.KEY);
            for (var block = reader.next(); block != null; block = reader.next()) {
                for (Entry entry : block.entries()) {
                    if (entry instanceof Entry.Packet packet) {
                        seen.add(packet.seq());
                        lowest = Math.min(lowest, packet.seq());
                        highest = Math.max(highest, packet.seq());
                        last = Math.max(last, block.wallNanos(packet.arrivalNanos()) / 1e6);
                    }
                }
            }
        }
        long holes = seen.isEmpty() ? 0 : highest - lowest + 1 - seen.size();
        return new RecordedFile(verdict, seen.size(), holes, last);
    }
}
