package org.maplebridge.media.relay;

import org.maplebridge.media.wire.PeerPath;

/// One media loop's way to the others of its node.
public interface LoopPort {
    /// This loop, counted from 0.
    int self();

    /// How many there are, at most 64.
    int loops();

    /// Has `loop` call [LoopRelay#onMessage] soon, in order, and [LoopRelay#onBurstEnd] after the
    /// last one waiting.
    void post(int loop, LoopMessage message);

    /// Offers a datagram that no leg of this loop claims to the others: by its path, or a STUN
    /// check by its user name. Whoever takes it copies it.
    ///
    /// @return whether another loop takes it
    boolean handOver(PeerPath from, byte[] data, int offset, int length);

    /// Datagrams from `path` belong to this loop from now on.
    void claims(PeerPath path);

    void yields(PeerPath path);

    /// Checks that name this fragment belong to this loop from now on.
    void claimsFragment(String localFragment);

    void yieldsFragment(String localFragment);

    /// A node with a single loop.
    LoopPort ALONE =
            new LoopPort() {
                @Override
                public int self() {
                    return 0;
                }

                @Override
                public int loops() {
                    return 1;
                }

                @Override
                public void post(int loop, LoopMessage message) {
                    throw new IllegalArgumentException("there is no loop " + loop);
                }

                @Override
                public boolean handOver(PeerPath from, byte[] data, int offset, int length) {
                    return false;
                }

                @Override
                public void claims(PeerPath path) {}

                @Override
                public void yields(PeerPath path) {}

                @Override
                public void claimsFragment(String localFragment) {}

                @Override
                public void yieldsFragment(String localFragment) {}
            };
}
