package org.maplebridge.media.wire;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One way to reach a peer: which of our sockets, and which remote address. Compared exactly.
///
/// Thread: any, immutable but for the sender's note, which only the owning media loop touches.
public final class PeerPath {
    private final int localSocket;
    private final InetSocketAddress remote;
    private final AtomicReference<@Nullable Object> senderNote = new AtomicReference<>();

    /// @param localSocket index of the local address the datagram came in on
    /// @param remote the peer's address as seen there
    public PeerPath(int localSocket, InetSocketAddress remote) {
        this.localSocket = localSocket;
        this.remote = remote;
    }

    public int localSocket() {
        return localSocket;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /// What a [DatagramSender] keeps with the path so as not to compute it per packet: the encoded
    /// socket address.
    public @Nullable Object senderNote() {
        return senderNote.getPlain();
    }

    public void setSenderNote(Object note) {
        senderNote.setPlain(note);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerPath path
                && localSocket == path.localSocket
                && remote.equals(path.remote);
    }

    @Override
    public int hashCode() {
        return remote.hashCode() * 31 + localSocket;
    }

    @Override
    public String toString() {
        return remote + "@" + localSocket;
    }
}
