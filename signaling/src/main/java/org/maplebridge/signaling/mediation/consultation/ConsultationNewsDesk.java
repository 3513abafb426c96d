package org.maplebridge.signaling.mediation.consultation;

import java.util.function.Function;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.protocol.ConsultationNews.Consultation;
import org.maplebridge.signaling.protocol.ConsultationNews.ConsultationState;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;

/// Tells of a consultation whom it concerns: consoles of the rooms that may call it, its members'
/// own, and the table itself.
///
/// Thread: any.
public final class ConsultationNewsDesk {
    private final Peers peers;
    private final Tables tables;
    private final Roster roster;

    public ConsultationNewsDesk(Peers peers, Tables tables, Roster roster) {
        this.peers = peers;
        this.tables = tables;
        this.roster = roster;
    }

    /// @param view by the reader's language
    void tell(Mediation it, Function<String, Consultation> view) {
        var organisation = roster.organisation();
        peers.where(peer -> !peer.isTerminal() && Presets.sees(organisation, peer.person(), it))
                .forEach(peer -> peer.send(new ConsultationState(view.apply(peer.locale()))));
        tables.of(it.id())
                .ifPresent(
                        table -> table.say(who -> new ConsultationState(view.apply(who.locale()))));
    }
}
