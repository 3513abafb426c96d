package org.maplebridge.signaling.command;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveAsk;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveDecline;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveUpdate;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAnswered;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Outcome;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Live;
import org.maplebridge.signaling.scene.LiveAsks;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;

/// Going live, and asking somebody to.
public final class LiveHandler {
    private final LiveBoard lives;
    private final LiveAsks asks;
    private final Legs legs;
    private final Roster roster;
    private final Audit audit;
    private final Chronicle chronicle;
    private final InstantSource clock;

    public LiveHandler(
            LiveBoard lives,
            LiveAsks asks,
            Legs legs,
            Roster roster,
            Audit audit,
            Chronicle chronicle,
            InstantSource clock) {
        this.lives = lives;
        this.asks = asks;
        this.legs = legs;
        this.roster = roster;
        this.audit = audit;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    Reply handle(Peer peer, LiveMessage message) throws RecordUnavailable {
        return switch (message) {
            case LiveAsk ask -> ask(peer, ask);
            case LiveStart start -> asUnit(peer, unit -> start(peer, unit, start));
            case LiveUpdate update -> asUnit(peer, unit -> update(peer, unit, update));
            case LiveStop _ -> asUnit(peer, unit -> stop(peer, unit));
            case LiveDecline decline -> asUnit(peer, unit -> decline(unit, decline));
        };
    }

    private interface ForUnit {
        Reply apply(UnitId unit);
    }

    private static Reply asUnit(Peer peer, ForUnit action) {
        Optional<UnitId> unit = peer.isTerminal() ? peer.unit() : Optional.empty();
        return unit.isPresent()
                ? action.apply(unit.get())
                : Reply.refuse(RefusalCode.NOT_ALLOWED, "Only a unit's terminal goes live.");
    }

    private Reply start(Peer peer, UnitId unit, LiveStart start) {
        if (legs.of(peer.session()).isEmpty()) {
            return Reply.refuse(RefusalCode.NO_MEDIA, "Open a peer connection first.");
        }
        @Nullable String pulledBy = pulledBy(unit, start.ask());
        var live =
                new Live(
                        unit,
                        peer.session(),
                        peer.person().user().id(),
                        clock.instant(),
                        start.camera(),
                        start.muted(),
                        pulledBy);
        if (!lives.start(live)) {
            return Reply.refuse(
                    RefusalCode.NOT_ALLOWED, "Another device publishes this unit already.");
        }
        asks.wentLive(unit);
        return Reply.DONE;
    }

    private @Nullable String pulledBy(UnitId unit, @Nullable String ask) {
        return ask == null
                ? null
                : asks.answer(ask, unit, Outcome.STARTED, null)
                        .filter(LiveAsks.Ask::pull)
                        .map(LiveAsks.Ask::by)
                        .orElse(null);
    }

    private Reply update(Peer peer, UnitId unit, LiveUpdate update) {
        if (lives.update(unit, peer.session(), update.camera(), update.muted()).isEmpty()) {
            return Reply.refuse(RefusalCode.NOT_LIVE, "The unit streams nothing.");
        }
        return Reply.DONE;
    }

    private Reply stop(Peer peer, UnitId unit) {
        var unused = lives.stop(unit, peer.session(), "stopped");
        return Reply.DONE;
    }

    private Reply decline(UnitId unit, LiveDecline decline) {
        asks.answer(decline.ask(), unit, Outcome.DECLINED, decline.reason());
        return Reply.DONE;
    }

    private Reply ask(Peer peer, LiveAsk message) throws RecordUnavailable {
        if (!Ids.isValid(message.unit())) {
            return Reply.notVisible("unit");
        }
        var unit = new UnitId(message.unit());
        if (!roster.visibility().seesUnit(peer.person().user(), unit, Aspect.LIVE)) {
            return Reply.notVisible("unit");
        }
        if (message.pull()) {
            audit.begin(
                    AuditEntry.Kind.LIVE_PULLED,
                    peer.person().account(),
                    unit.value(),
                    Map.of("ask", message.ask()));
        }
        if (lives.isLive(unit)) {
            peer.send(new LiveAnswered(message.ask(), unit.value(), Outcome.STARTED, null));
            return Reply.DONE;
        }
        var ask =
                new LiveAsks.Ask(message.ask(), peer.session(), peer.name(), unit, message.pull());
        if (!asks.ask(ask)) {
            peer.send(new LiveAnswered(message.ask(), unit.value(), Outcome.OFFLINE, null));
        }
        note(peer, unit, JournalKind.LIVE_ASKED);
        return Reply.DONE;
    }

    private void note(Peer peer, UnitId unit, JournalKind kind) {
        var by = peer.person().user().id();
        chronicle.note(Happening.by(by, clock.instant(), kind, List.of(Subject.of(unit))));
    }
}
