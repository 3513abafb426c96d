package org.maplebridge.signaling.mediation;

import org.maplebridge.dispatch.mediation.CardNumber;
import org.maplebridge.dispatch.mediation.IdentityPort;

/// For sites without a register: a card's number has its check digit, and the mediator is told that
/// nothing more was looked at.
public final class FormOnly implements IdentityPort {
    @Override
    public Verdict look(String name, String document) {
        return new Verdict("form-only", !name.isBlank() && CardNumber.isValid(document));
    }
}
