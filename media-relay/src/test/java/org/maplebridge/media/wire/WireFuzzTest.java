package org.maplebridge.media.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.rtcp.ReportBlock;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.rtcp.TransportFeedback;
import org.maplebridge.media.rtp.KeyFrames;
import org.maplebridge.media.rtp.OpusPacket;
import org.maplebridge.media.rtp.RedBlocks;
import org.maplebridge.media.rtp.RtpExtensions;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.rtp.Rtx;
import org.maplebridge.media.rtp.Vp8Descriptor;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;

/// Random, cut and changed bytes at every parser of media packets: nothing is thrown, no answer
/// leaves the packet, nothing is remembered.
///
/// `-Dfuzz.inputs=…` sets how many inputs there are in all, `-Dfuzz.seed=…` which.
class WireFuzzTest {
    private static final long INPUTS = Long.getLong("fuzz.inputs", 1_000_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_121);

    /// Well-formed packets from which changed ones are bred.
    private static final byte[][] RTP =
            seeds(
                    "90e00001 00000002 decafbad bede0002 31beef10 85416d31 90e0ffff05c0"
                            + "f000009d012a40010001",
                    "92600001 00000002 decafbad 11111111 22222222 10000002 03010104026161 00"
                            + "780002674200026588",
                    "806f0001 00000002 00000003 ef1e0002 6f0102aabb",
                    "a0610007 00000002 0000ffff abcd010203 000003",
                    "80600001 00000002 00000003 7c85000102030405");

    private static final byte[][] RTCP =
            seeds(
                    "81c8000c00000001e5e1a2b380000000000003e80000006400002710"
                            + "0000002a40ffffff0001fffe0000000ca2b3800000010000"
                            + "81ca00040000000101066d61706c656500000000",
                    "80c90001 00000009 81cd0004 00000009 0000002a fffe8001 00100000"
                            + "84ce0006 00000009 00000000 0000002a 07000000 0000002b ff000000"
                            + "8fce0005 00000009 00000000 52454d42 010fffff 0000002a",
                    "8fcd0007 00000009 00000000 ffff0004 00000105 2002c80004fffff0 00000000",
                    "8fcd0006 00000009 00000000 0000001e 00000001 0010a80101020300",
                    "80c90001 00000009 a1cb0003 00000001 00000000 00000008");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final RedBlocks red = new RedBlocks();
    private final byte[] noise = new byte[Datagrams.MAX_LENGTH];

    /// Ends where the packet ends, so that a look beyond it throws.
    private byte[] data = new byte[0];

    private int offset;
    private int length;

    @Test
    void rtpParsersStayInsideThePacket() {
        for (long i = INPUTS * 55 / 100; i > 0; i--) {
            breed(RTP, 80);
            int header = RtpHeader.validate(data, offset, length);
            if (header < 0) {
                continue;
            }
            inRange(header, RtpHeader.FIXED_LENGTH, length);
            checkExtensions(header);
            int payload = RtpHeader.payloadLength(data, offset, length, header);
            if (payload >= 0) {
                inRange(payload, 0, length - header);
                checkPayload(offset + header, payload);
                checkRetransmission(header, payload);
            }
        }
    }

    private void checkExtensions(int header) {
        int id = random.nextInt(20);
        int found = RtpExtensions.find(data, offset, id);
        if (found != RtpExtensions.NOT_FOUND) {
            int at = RtpExtensions.position(offset, found);
            inRange(at, offset + 16, offset + header);
            inRange(at + RtpExtensions.length(found), at, offset + header);
        }
        inRange(RtpExtensions.read8(data, offset, id), -1, 0xff);
        inRange(RtpExtensions.read16(data, offset, id), -1, 0xffff);
    }

    private void checkRetransmission(int header, int payload) {
        int original = Rtx.unwrap(data, offset, header + payload, header, 1, 96);
        if (original >= 0) {
            inRange(original, header + 1, header + payload - Rtx.OVERHEAD);
            int begin = offset + Rtx.OVERHEAD;
            assertThat(RtpHeader.validate(data, begin, original)).isEqualTo(header);
        }
    }

    @Test
    void payloadParsersStayInsideThePayload() {
        for (long i = INPUTS * 15 / 100; i > 0; i--) {
            fill(random.nextInt(24));
            checkPayload(offset, length);
        }
    }

    private void checkPayload(int at, int payload) {
        KeyFrames.startsVp8(data, at, payload);
        KeyFrames.startsH264(data, at, payload);
        inRange(OpusPacket.ticks(data, at, payload), 0, OpusPacket.LONGEST_TICKS);
        int blocks = red.read(data, at, payload);
        inRange(blocks, DropReason.MALFORMED.code(), RedBlocks.MOST_BLOCKS);
        int end = at;
        for (int i = 0; i < blocks; i++) {
            inRange(red.payloadType(i), 0, 127);
            inRange(red.ticksBack(i), 0, i == red.primary() ? 0 : 0x3fff);
            inRange(red.begin(i), Math.max(end, at + 1), at + payload);
            end = red.begin(i) + red.length(i);
            inRange(end, red.begin(i), at + payload);
        }
        inRange(red.count(), 0, Math.max(0, blocks));
        int descriptor = Vp8Descriptor.length(data, at, payload);
        if (descriptor >= 0) {
            inRange(descriptor, 1, payload - 1);
            inRange(Vp8Descriptor.pictureIdAt(data, at), -1, descriptor - 1);
            inRange(Vp8Descriptor.pictureId(data, at), -1, 0x7fff);
            inRange(Vp8Descriptor.tl0PicIdxAt(data, at), -1, descriptor - 1);
            inRange(Vp8Descriptor.temporalLayer(data, at), -1, 3);
        }
    }

    @Test
    void rtcpReaderStaysInsideThePacket() {
        var visitor = new RangeChecks();
        for (long i = INPUTS * 25 / 100; i > 0; i--) {
            breed(RTCP, 120);
            int packets = RtcpReader.read(data, offset, length, visitor);
            inRange(packets, DropReason.MALFORMED.code(), length / 4);
        }
    }

    @Test
    void nothingForgedIsOpenedOrRemembered() {
        long inputs = INPUTS * 5 / 100;
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] key = new byte[profile.keyLength()];
            byte[] salt = new byte[profile.saltLength()];
            try (var srtp = new InboundSrtp(profile, key, salt, SrtpCiphers.best())) {
                for (long i = inputs / 3; i >= 0; i--) {
                    breed(random.nextBoolean() ? RTP : RTCP, 120);
                    inRange(srtp.unprotectRtp(data, offset, length), Integer.MIN_VALUE, -1);
                    inRange(srtp.unprotectRtcp(data, offset, length), Integer.MIN_VALUE, -1);
                }
                assertThat(srtp.streams()).isZero();
            }
        }
    }

    /// The next packet: noise, or one of the well-formed ones changed, cut or lengthened.
    private void breed(byte[][] seeds, int longest) {
        int kind = random.nextInt(16);
        if (kind < 4) {
            fill(random.nextInt(kind == 0 ? noise.length : longest));
            if (kind > 1 && length > 0) { // with a likely first byte
                data[offset] = (byte) (0x80 | random.nextInt(64));
            }
            return;
        }
        byte[] seed = seeds[random.nextInt(seeds.length)];
        int cut = kind < 8 ? random.nextInt(seed.length + 1) : seed.length;
        fill(kind == 8 ? seed.length + random.nextInt(20) : cut);
        System.arraycopy(seed, 0, data, offset, cut);
        for (int changes = random.nextInt(5); changes > 0 && cut > 0; changes--) {
            data[offset + random.nextInt(cut)] = (byte) random.nextInt();
        }
    }

    private void fill(int packetLength) {
        offset = random.nextInt(32);
        length = packetLength;
        data = new byte[offset + length];
        if (random.nextInt(64) == 0) {
            random.nextBytes(noise);
        }
        System.arraycopy(noise, random.nextInt(noise.length - length + 1), data, offset, length);
    }

    /// Cheaper than an assertion object per answer.
    private static void inRange(int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new AssertionError(value + " is not within " + lowest + " and " + highest);
        }
    }

    private static byte[][] seeds(String... digits) {
        byte[][] seeds = new byte[digits.length][];
        for (int i = 0; i < digits.length; i++) {
            seeds[i] = HexFormat.of().parseHex(digits[i].replace(" ", ""));
        }
        return seeds;
    }

    private final class RangeChecks implements RtcpVisitor, TransportFeedback.Arrivals {
        @Override
        public void reportBlock(int reporterSsrc, byte[] packet, int at) {
            inRange(at, offset + 8, offset + length - ReportBlock.LENGTH);
            inRange(ReportBlock.roundTrip(packet, at, 1), -1, Integer.MAX_VALUE);
        }

        @Override
        public void cname(int ssrc, byte[] packet, int at, int nameLength) {
            inRange(at, offset + 10, offset + length);
            inRange(at + nameLength, at, offset + length);
        }

        @Override
        public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
            inRange(firstSeq16, 0, 0xffff);
            inRange(bitmask, 0, 0xffff);
        }

        @Override
        public void estimatedMaximumBitrate(int senderSsrc, long bitsPerSecond) {
            assertThat(bitsPerSecond).isNotNegative();
        }

        @Override
        public void streamLimit(int senderSsrc, int mediaSsrc, long bitsPerSecond) {
            assertThat(bitsPerSecond).isNotNegative();
        }

        @Override
        public void transportFeedback(int senderSsrc, byte[] packet, int at, int packetLength) {
            inRange(at, offset, offset + length - 20);
            inRange(at + packetLength, at + 20, offset + length);
            int told = TransportFeedback.read(packet, at, packetLength, this);
            inRange(told, Integer.MIN_VALUE, TransportFeedback.MAX_PACKETS);
        }

        @Override
        public void received(int seq16, long ticks250us) {
            inRange(seq16, 0, 0xffff);
        }

        @Override
        public void missing(int seq16) {
            inRange(seq16, 0, 0xffff);
        }
    }
}
