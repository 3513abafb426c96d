package org.maplebridge.dispatch.mediation;

/// Looks whether a name and the number of an identity card belong together: a register, or nothing
/// but the number's own check digit where there is none.
public interface IdentityPort {
    /// @param word stable, shown to the mediator: `form-only`, `confirmed` …
    /// @param passed whether the person may go on
    record Verdict(String word, boolean passed) {}

    Verdict look(String name, String document);
}
