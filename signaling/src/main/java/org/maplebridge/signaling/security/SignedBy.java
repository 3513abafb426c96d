package org.maplebridge.signaling.security;

/// What a request carries inside after its signature was found good.
public final class SignedBy {
    /// A request attribute with the signature, which no other request has.
    public static final String ATTRIBUTE = "maplebridge.signature";

    private SignedBy() {}
}
