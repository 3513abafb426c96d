package org.maplebridge.dispatch.hazelcast;

import java.util.List;
import org.maplebridge.dispatch.model.MemberId;

/// How a node meets the others. Whoever reaches the port can join, so the address has to be one of
/// a private network; nothing is ever looked for by multicast or in a cloud.
///
/// @param self must be another one on every node and after every start
/// @param address the one address that is bound
/// @param members `host:port` of all nodes, this one included; empty for a node that stays alone
/// @param allowPublic for who knows that something else keeps strangers from the port
public record HazelcastSettings(
        String cluster,
        MemberId self,
        String address,
        int port,
        List<String> members,
        boolean allowPublic) {
    /// Where a lone node starts to look for a free port.
    public static final int DEFAULT_PORT = 5701;

    /// @throws IllegalArgumentException in words for the operator
    public HazelcastSettings {
        members = List.copyOf(members);
        PrivateNetwork.requireAddress(address);
        if (!allowPublic) {
            PrivateNetwork.requirePrivate(address);
            members.forEach(PrivateNetwork::requirePrivateMember);
        }
    }

    public HazelcastSettings(
            String cluster, MemberId self, String address, int port, List<String> members) {
        this(cluster, self, address, port, members, false);
    }

    public static HazelcastSettings alone(MemberId self) {
        return new HazelcastSettings("maplebridge", self, "127.0.0.1", DEFAULT_PORT, List.of());
    }
}
