package org.maplebridge.media.ice;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.stun.BindingCheck;
import org.maplebridge.media.wire.Captured;
import org.maplebridge.media.wire.PeerPath;

/// A controlling peer that checks a lite agent's paths, for tests.
///
/// Thread: its test.
public final class CheckingPeer {
    public static final IceCredentials SERVER =
            new IceCredentials("srv1", "server-password-22chars");
    public static final IceCredentials PEER = new IceCredentials("peer", "peers-password-22-chars");

    private final SplittableRandom random = new SplittableRandom(7);
    private final BindingCheck check;
    private byte[] lastId = new byte[12];

    public CheckingPeer(IceCredentials server, IceCredentials peer) {
        check =
                new BindingCheck(
                        server.fragment() + ":" + peer.fragment(), server.password(), 0x1234);
    }

    public byte[] check(boolean nominate) {
        lastId = new byte[12];
        random.nextBytes(lastId);
        byte[] into = new byte[300];
        return Arrays.copyOf(into, check.writeRequest(into, lastId, 100, nominate));
    }

    /// Our address in the answer to the last check; null unless it is one.
    public @Nullable InetSocketAddress mapped(Captured.Sent answer) {
        return check.mappedAddress(answer.bytes(), 0, answer.bytes().length, lastId);
    }

    public int errorCode(Captured.Sent answer) {
        return check.errorCode(answer.bytes(), 0, answer.bytes().length, lastId);
    }

    public static PeerPath path(int port) {
        return new PeerPath(0, new InetSocketAddress("192.0.2.99", port));
    }
}
