package org.maplebridge.signaling.mediation;

import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.MediationId;

/// Addresses at which one person at one table is shown one thing for a while.
public interface ExhibitLinks {
    String href(EvidenceId shown, MediationId mediation, PersonId person);
}
