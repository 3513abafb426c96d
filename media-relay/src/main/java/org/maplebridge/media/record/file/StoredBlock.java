package org.maplebridge.media.record.file;

/// One block as it lies in its file.
///
/// @param offset of its first byte
/// @param number counted from 0
/// @param last whether the file was closed with it
/// @param wallMillis the wall clock when its first packet came
/// @param firstArrivalNanos the monotonic clock then
/// @param bytes all of it, its hash included
/// @param hashBefore what its own hash goes on from
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record StoredBlock(
        long offset,
        int number,
        boolean last,
        long wallMillis,
        long firstArrivalNanos,
        byte[] bytes,
        byte[] hashBefore) {
    int sealedLength() {
        return bytes.length - RecordingWriter.HEAD_BYTES - Chain.BYTES;
    }
}
