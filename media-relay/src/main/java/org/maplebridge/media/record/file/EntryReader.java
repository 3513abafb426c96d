package org.maplebridge.media.record.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.maplebridge.media.record.file.RecordedFormat.Codec;

/// Reads what [EntryWriter] wrote. The bytes were proved to be ours, so anything else is a bug or a
/// newer version.
///
/// Pure. Thread: confined to the call.
final class EntryReader {
    private final byte[] bytes;
    private int at;
    private long arrivalNanos;
    private long seq;
    private int timestamp;

    private EntryReader(byte[] bytes, long firstArrivalNanos) {
        this.bytes = bytes;
        this.arrivalNanos = firstArrivalNanos;
    }

    /// @throws UnreadableRecording when this version cannot read them
    static List<Entry> read(byte[] bytes, long firstArrivalNanos) throws UnreadableRecording {
        var reader = new EntryReader(bytes, firstArrivalNanos);
        var entries = new ArrayList<Entry>();
        try {
            while (reader.at < bytes.length) {
                entries.add(reader.next());
            }
        } catch (IndexOutOfBoundsException e) {
            throw new UnreadableRecording("an entry is longer than its block", e);
        }
        return entries;
    }

    private Entry next() throws UnreadableRecording {
        int type = bytes[at++];
        return switch (type) {
            case EntryWriter.ABOUT -> new Entry.About(text());
            case EntryWriter.FORMAT -> new Entry.Format(format());
            case EntryWriter.PACKET -> packet();
            case EntryWriter.REPORT -> new Entry.Report(at(), varint(), (int) varint());
            case EntryWriter.STRETCH -> new Entry.Stretch((int) varint(), text());
            case EntryWriter.MISSED -> new Entry.Missed(at(), (int) varint());
            default -> throw new UnreadableRecording("an entry of the unknown kind " + type, null);
        };
    }

    private RecordedFormat format() throws UnreadableRecording {
        Codec codec = Codec.of(bytes[at++]);
        if (codec == null) {
            throw new UnreadableRecording("an unknown codec", null);
        }
        return new RecordedFormat(codec, (int) varint(), (int) varint(), text());
    }

    private Entry.Packet packet() {
        int flags = bytes[at++];
        seq += signed();
        timestamp += (int) signed();
        arrivalNanos += signed();
        byte[] payload = take((int) varint());
        boolean marker = (flags & EntryWriter.MARKER) != 0;
        boolean startsKeyFrame = (flags & EntryWriter.KEY_FRAME) != 0;
        return new Entry.Packet(seq, timestamp, marker, startsKeyFrame, arrivalNanos, payload);
    }

    private long at() {
        arrivalNanos += signed();
        return arrivalNanos;
    }

    private String text() {
        return new String(take((int) varint()), StandardCharsets.UTF_8);
    }

    private byte[] take(int length) {
        if (length < 0 || length > bytes.length - at) {
            throw new IndexOutOfBoundsException(length);
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private long signed() {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[at++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }
}
