package org.maplebridge.media.record.file;

/// What a recording holds, in the order it came. Arrivals are of the relay's monotonic clock.
public sealed interface Entry {
    /// Which source it is. The first entry of a file.
    record About(String source) implements Entry {}

    /// What the packets that follow are. Every block with packets begins with it.
    record Format(RecordedFormat format) implements Entry {}

    /// One packet as it was forwarded, repaired ones in the order they came.
    ///
    /// @param seq counted without wraps; a number that never comes was lost on the way
    /// @param timestamp of the format's clock, wrapping
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Packet(
            long seq,
            int timestamp,
            boolean marker,
            boolean startsKeyFrame,
            long arrivalNanos,
            byte[] payload)
            implements Entry {}

    /// The publisher's report: which timestamp belongs to which moment of its wall clock.
    ///
    /// @param ntpTime seconds since 1900 in the upper, fractions in the lower 32 bits
    record Report(long arrivalNanos, long ntpTime, int timestamp) implements Entry {}

    /// Which stretch the packets and reports that follow are of; every block with any begins with
    /// it. Where what sends began anew, a new one begins: reports from before say nothing about it.
    ///
    /// @param number counted from 1 within the file
    /// @param publisher streams of one publisher share its wall clock
    record Stretch(int number, String publisher) implements Entry {}

    /// So many packets found no room on their way to the file.
    record Missed(long arrivalNanos, int packets) implements Entry {}
}
