package org.maplebridge.signaling.mediation.consultation;

import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.protocol.ExpertNews.RingState;

/// A member of a consultation is rung.
///
/// @param name of who pressed
record Call(Consultations desk, Mediation mediation, String name) implements Rings.Ringer {
    @Override
    public MediationId about() {
        return mediation.id();
    }

    @Override
    public String title() {
        return mediation.title();
    }

    @Override
    public boolean isConsultation() {
        return true;
    }

    @Override
    public void rings(User whom) throws RecordUnavailable {
        desk.rings(mediation, whom);
    }

    @Override
    public void told(User whom, RingState state) {
        desk.told(mediation, whom, state);
    }

    @Override
    public Rings.Answered seat(User whom) throws RecordUnavailable {
        return desk.seat(mediation.id(), whom);
    }
}
