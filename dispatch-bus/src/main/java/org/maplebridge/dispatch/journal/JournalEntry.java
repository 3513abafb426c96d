package org.maplebridge.dispatch.journal;

/// A happening with its place in the journal.
///
/// @param sequence grows; gaps are possible and mean nothing
public record JournalEntry(long sequence, Happening happening) {}
