package org.maplebridge.dispatch.mediation;

import java.time.Instant;

/// A name drawn on the signer's own device, for one version of one text and no other.
///
/// @param hash of the text as it was signed
/// @param drawn see [Drawing]
public record Signature(
        PersonId person, Writing.Kind kind, String hash, String drawn, Instant at) {}
