package org.maplebridge.media.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.maplebridge.media.rtp.OpusConcealment;
import org.maplebridge.media.rtp.OpusPacket;

/// Writes one voice as an Ogg Opus file (RFC 7845): packets as they came, and for those that did
/// not come, packets that ask the decoder to conceal them, so that time in the file is true.
///
/// Pure: packets in, pages out. Thread: confined to its recording.
final class OggOpusWriter {
    /// What libopus' encoder looks ahead, 6.5 ms. Players leave it out; the 80 ms that are usual
    /// for cut recordings would leave out the first word's beginning (RFC 7845 §4.2).
    static final int PRE_SKIP_TICKS = 312;

    /// Half a second: what is on a page already is in the file after a crash.
    static final int PAGE_TICKS = OpusPacket.CLOCK_RATE / 2;

    private static final String VENDOR = "Maplebridge";

    private final OggPages pages;
    private boolean begun;
    private int toc;
    private long ticks;
    private long ticksOnPages;
    private boolean ended;

    /// @param serial tells the stream from others in one file (RFC 3533 §6)
    OggOpusWriter(int serial) {
        this.pages = new OggPages(serial);
    }

    /// Takes the next packet.
    ///
    /// @return false when it is no Opus; then it is left out
    boolean packet(byte[] payload, int offset, int length) {
        int sounds = OpusPacket.ticks(payload, offset, length);
        if (sounds == 0 || ended) {
            return false;
        }
        if (!begun) {
            begin(OpusPacket.stereo(payload, offset) ? 2 : 1);
        }
        toc = payload[offset] & 0xff;
        add(payload, offset, length, sounds);
        return true;
    }

    /// Packets of this much time are missing: the same kind of packet with empty frames takes their
    /// place (RFC 7845 §4.1). What is left below 2.5 ms is the caller's to add to the next gap.
    ///
    /// @return how much was filled
    int gap(int missingTicks) {
        if (!begun || ended) {
            return 0;
        }
        return OpusConcealment.fill(
                toc,
                missingTicks,
                lost -> add(lost, 0, lost.length, OpusPacket.ticks(lost, 0, lost.length)));
    }

    private void add(byte[] packet, int offset, int length, int sounds) {
        if (!pages.fits(length)) {
            finishPage(0);
        }
        pages.add(packet, offset, length);
        ticks += sounds;
        if (ticks - ticksOnPages >= PAGE_TICKS) {
            finishPage(0);
        }
    }

    private void begin(int channels) {
        begun = true;
        byte[] head =
                ByteBuffer.allocate(19)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("OpusHead".getBytes(StandardCharsets.US_ASCII)) // RFC 7845 §5.1
                        .put((byte) 1)
                        .put((byte) channels)
                        .putShort((short) PRE_SKIP_TICKS)
                        .putInt(OpusPacket.CLOCK_RATE)
                        .putShort((short) 0) // gain
                        .put((byte) 0) // mapping family: mono or stereo
                        .array();
        pages.add(head, 0, head.length);
        pages.finish(OggPages.FIRST, 0);
        byte[] vendor = VENDOR.getBytes(StandardCharsets.UTF_8);
        byte[] tags =
                ByteBuffer.allocate(16 + vendor.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("OpusTags".getBytes(StandardCharsets.US_ASCII)) // RFC 7845 §5.2
                        .putInt(vendor.length)
                        .put(vendor)
                        .putInt(0)
                        .array();
        pages.add(tags, 0, tags.length);
        pages.finish(0, 0);
    }

    /// The granule position counts what sounds up to the end of the page, pre-skip included.
    private void finishPage(int flags) {
        ticksOnPages = ticks;
        pages.finish(flags, PRE_SKIP_TICKS + ticks);
    }

    /// Ends the page being filled, full or not.
    void flush() {
        if (!pages.empty()) {
            finishPage(0);
        }
    }

    /// Ends the file. A recording in which nobody said anything is a mono file without sound.
    void end() {
        if (ended) {
            return;
        }
        if (!begun) {
            begin(1);
        }
        ended = true;
        finishPage(OggPages.LAST);
    }

    /// How much the file sounds, in ticks of 48 kHz.
    long ticks() {
        return ticks;
    }

    /// All pages finished since the last call.
    ByteBuffer take() {
        return pages.take();
    }
}
