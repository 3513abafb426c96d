package org.maplebridge.dispatch.journal.seal;

/// The key by which a node seals.
///
/// Thread: any.
public interface Signer {
    /// Ed25519, X.509, Base64 in one line.
    String publicKey();

    /// @return Base64 in one line of the signature over the text's UTF-8
    String signature(String text);
}
