package org.maplebridge.media.syscall;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Finds out by really doing it whether this machine can send through [SendmmsgSender].
///
/// Sends over loopback and looks at what arrives; also that the send-only socket takes nothing from
/// the one that receives.
public final class SendmmsgProbe {
    /// What works here, best last.
    public enum Finding {
        /// Not Linux, no native access, or calls refused.
        UNUSABLE,
        /// Many datagrams by one call.
        BATCHES,
        /// The same, and the kernel cuts long messages up.
        SEGMENTS
    }

    private static final int TIMEOUT_MILLIS = 500;
    private static final int[] LENGTHS = {120, 120, 120, 70, 120};
    private static final int STRANGERS = 16;

    private SendmmsgProbe() {}

    public static Finding run() {
        if (!LinuxSockets.Platform.isKnown()) {
            return Finding.UNUSABLE;
        }
        try {
            if (works(true)) {
                return Finding.SEGMENTS;
            }
            return works(false) ? Finding.BATCHES : Finding.UNUSABLE;
        } catch (IOException | RuntimeException | LinkageError e) {
            return Finding.UNUSABLE; // native access denied, a libc without the calls, a sandbox
        }
    }

    private static boolean works(boolean segments) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        boolean ipv6 = SocketAddressBytes.familyOf(loopback) == LinuxSockets.AF_INET6;
        var family = ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        var refused = new AtomicInteger();
        // By its family: sockets of different ones are not one group to the kernel.
        try (var receiver = DatagramChannel.open(family).socket();
                var peer = new DatagramSocket(0, loopback)) {
            receiver.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            receiver.bind(new InetSocketAddress(loopback, 0));
            receiver.setSoTimeout(TIMEOUT_MILLIS);
            peer.setSoTimeout(TIMEOUT_MILLIS);
            var local = new InetSocketAddress(loopback, receiver.getLocalPort());
            try (var sender = SendmmsgSender.open(List.of(local), segments, refused::addAndGet)) {
                return sender.steerToReceivers(ipv6)
                        && deliversAll(sender, receiver, peer)
                        && refused.get() == 0
                        && leavesReceiverItsDatagrams(receiver);
            }
        }
    }

    private static boolean deliversAll(
            SendmmsgSender sender, DatagramSocket receiver, DatagramSocket peer)
            throws IOException {
        var batch = new OutboundBatch(LENGTHS.length, sender);
        var path = new PeerPath(0, (InetSocketAddress) peer.getLocalSocketAddress());
        for (int i = 0; i < LENGTHS.length; i++) {
            MemorySegment.copy(
                    pattern(i),
                    0,
                    batch.memory(),
                    ValueLayout.JAVA_BYTE,
                    batch.claim(),
                    LENGTHS[i]);
            batch.commit(path, LENGTHS[i]);
        }
        batch.flush();
        for (int i = 0; i < LENGTHS.length; i++) {
            var packet =
                    new DatagramPacket(
                            new byte[OutboundBatch.SLOT_BYTES], OutboundBatch.SLOT_BYTES);
            try {
                peer.receive(packet);
            } catch (SocketTimeoutException e) {
                return false;
            }
            byte[] got = Arrays.copyOf(packet.getData(), packet.getLength());
            if (packet.getPort() != receiver.getLocalPort() || !Arrays.equals(got, pattern(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean leavesReceiverItsDatagrams(DatagramSocket receiver) throws IOException {
        for (int i = 0; i < STRANGERS; i++) {
            try (var stranger = new DatagramSocket(0, receiver.getLocalAddress())) {
                stranger.send(new DatagramPacket(pattern(0), 1, receiver.getLocalSocketAddress()));
            }
        }
        for (int i = 0; i < STRANGERS; i++) {
            try {
                receiver.receive(new DatagramPacket(new byte[1], 1));
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
        return true;
    }

    private static byte[] pattern(int index) {
        byte[] bytes = new byte[LENGTHS[index]];
        Arrays.fill(bytes, (byte) (index + 1));
        return bytes;
    }
}
