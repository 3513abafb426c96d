package org.maplebridge.media.tcp;

/// How many connections may be open.
///
/// @param all altogether
/// @param ofOneAddress from one remote address: a command room, or the cars of a carrier, behind
///   NAT
/// @param unproved altogether, of those that have proved nothing yet
/// @param unprovedOfOneAddress of those from one remote address; a browser proves its own within a
///   round trip
public record TcpLimits(int all, int ofOneAddress, int unproved, int unprovedOfOneAddress) {
    public static final TcpLimits STANDARD = new TcpLimits(2_000, 512, 256, 16);
}
