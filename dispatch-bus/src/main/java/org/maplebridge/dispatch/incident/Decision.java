package org.maplebridge.dispatch.incident;

import java.util.Map;

/// What becomes of an action.
public sealed interface Decision {
    /// @param detail for the journal: no word of who reported it
    record Done(Dossier next, Map<String, String> detail) implements Decision {
        public Done {
            detail = Map.copyOf(detail);
        }
    }

    /// @param text why, in a sentence
    record Refused(Gate gate, String text) implements Decision {}
}
