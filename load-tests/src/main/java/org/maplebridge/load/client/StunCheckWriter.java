package org.maplebridge.load.client;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.maplebridge.media.ice.IceCredentials;

/// Writes the checks of a controlling, nominating ICE agent, and its answers to the other end's
/// (RFC 8445 §7.2, §7.3, RFC 8489).
final class StunCheckWriter {
    private static final int MAGIC_COOKIE = 0x2112_A442;
    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_SUCCESS = 0x0101;
    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int IPV4 = 1;
    private static final int PRIORITY = 0x0024;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int ICE_CONTROLLING = 0x802A;
    private static final int FINGERPRINT_XOR = 0x5354_554e;
    private static final int PEER_REFLEXIVE_PRIORITY = 110 << 24 | 65_535 << 8 | 255;

    /// The highest: who thinks itself in control as well gives way (RFC 8445 §7.3.1.1).
    private static final long TIE_BREAKER = -1;

    private final byte[] username;
    private final Mac mac;
    private final Mac ownMac;

    StunCheckWriter(IceCredentials ours, IceCredentials theirs) {
        this.username =
                (theirs.fragment() + ":" + ours.fragment()).getBytes(StandardCharsets.UTF_8);
        this.mac = macOf(theirs);
        this.ownMac = macOf(ours);
    }

    private static Mac macOf(IceCredentials whose) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            byte[] password = whose.password().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(password, "HmacSHA1"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /// A nominating request; `transaction` fills the first 8 bytes of the transaction id.
    byte[] request(long transaction) {
        ByteBuffer buffer = ByteBuffer.allocate(160 + username.length);
        buffer.putShort((short) BINDING_REQUEST).putShort((short) 0).putInt(MAGIC_COOKIE);
        buffer.putLong(transaction).putInt(0);
        attribute(buffer, USERNAME, username);
        buffer.putShort((short) PRIORITY).putShort((short) 4).putInt(PEER_REFLEXIVE_PRIORITY);
        buffer.putShort((short) ICE_CONTROLLING).putShort((short) 8).putLong(TIE_BREAKER);
        buffer.putShort((short) USE_CANDIDATE).putShort((short) 0);
        return finished(buffer, mac);
    }

    /// The answer to a check of the other end.
    ///
    /// @param from where it came from, IPv4
    byte[] success(byte[] request, InetSocketAddress from) {
        ByteBuffer buffer = ByteBuffer.allocate(80);
        buffer.putShort((short) BINDING_SUCCESS).putShort((short) 0);
        buffer.put(request, 4, 16);
        buffer.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) 8);
        buffer.putShort((short) IPV4);
        buffer.putShort((short) (from.getPort() ^ MAGIC_COOKIE >>> 16));
        buffer.putInt(ByteBuffer.wrap(from.getAddress().getAddress()).getInt() ^ MAGIC_COOKIE);
        return finished(buffer, ownMac);
    }

    private static byte[] finished(ByteBuffer buffer, Mac mac) {
        setLength(buffer, 24);
        mac.update(buffer.array(), 0, buffer.position());
        attribute(buffer, MESSAGE_INTEGRITY, mac.doFinal());
        setLength(buffer, 8);
        var crc = new CRC32();
        crc.update(buffer.array(), 0, buffer.position());
        buffer.putShort((short) FINGERPRINT).putShort((short) 4);
        buffer.putInt((int) crc.getValue() ^ FINGERPRINT_XOR);
        byte[] message = new byte[buffer.position()];
        buffer.flip().get(message);
        return message;
    }

    /// Whether a datagram is a check.
    static boolean isRequest(byte[] data, int length) {
        return length >= 20 && ByteBuffer.wrap(data).getShort(0) == BINDING_REQUEST;
    }

    /// Whether a datagram answers a request of ours with success.
    static boolean isSuccess(byte[] data, int length) {
        return length >= 20 && ByteBuffer.wrap(data).getShort(0) == BINDING_SUCCESS;
    }

    private static void attribute(ByteBuffer buffer, int type, byte[] value) {
        buffer.putShort((short) type).putShort((short) value.length).put(value);
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
    }

    /// The header counts what follows it, the attribute about to be added included.
    private static void setLength(ByteBuffer buffer, int coming) {
        buffer.putShort(2, (short) (buffer.position() - 20 + coming));
    }
}
