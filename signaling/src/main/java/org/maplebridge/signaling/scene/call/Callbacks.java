package org.maplebridge.signaling.scene.call;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.call.Callback;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallbackId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.CallbackStore;
import org.maplebridge.dispatch.store.CallbackStore.Asking;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.RecordNews;
import org.maplebridge.signaling.security.Roster;

/// Who wants to be called back: kept in the record until it is done, and shown to both units.
///
/// Thread: any; what is told, one after the other.
public final class Callbacks implements AutoCloseable {
    private final CallbackStore store;
    private final Peers peers;
    private final Roster roster;
    private final InstantSource clock;
    private final RecordNews news;

    public Callbacks(
            CallbackStore store, DispatchBus bus, Peers peers, Roster roster, InstantSource clock) {
        this.store = store;
        this.peers = peers;
        this.roster = roster;
        this.clock = clock;
        news = new RecordNews(bus, Topic.CALLBACKS, "callback", this::tell);
    }

    @Override
    public void close() {
        news.close();
    }

    /// @param from the unit this one speaks as
    public Asking ask(Peer by, UnitId from, CallbackId id, UnitId asked, @Nullable String note)
            throws RecordUnavailable {
        var user = by.person().user().id();
        var callback = Callback.ask(id, asked, from, user, note, clock.instant());
        var asking = store.ask(callback, happening(by, JournalKind.CALLBACK_ASKED, callback));
        if (asking == Asking.ASKED) {
            news.publish(id.value());
        }
        return asking;
    }

    /// Said again it is done all the same.
    ///
    /// @return false when there is none that concerns this one's unit
    public boolean done(Peer by, CallbackId id) throws RecordUnavailable {
        Optional<Callback> callback =
                store.find(id).filter(found -> by.unit().filter(found::concerns).isPresent());
        if (callback.isEmpty()) {
            return false;
        }
        var happening = happening(by, JournalKind.CALLBACK_DONE, callback.get());
        if (store.done(id, by.person().user().id(), clock.instant(), happening)) {
            news.publish(id.value());
        }
        return true;
    }

    /// What this one is asked for, and asked others for.
    public List<CallNews.Callback> shownTo(Peer peer) throws RecordUnavailable {
        Optional<UnitId> unit = peer.unit();
        return unit.isEmpty()
                ? List.of()
                : store.openFor(unit.get()).stream()
                        .map(callback -> shown(callback, peer.locale()))
                        .toList();
    }

    private void tell(String id) throws RecordUnavailable {
        @Nullable Callback callback = store.find(new CallbackId(id)).orElse(null);
        if (callback == null) {
            return;
        }
        for (var peer : peers.where(peer -> peer.unit().filter(callback::concerns).isPresent())) {
            peer.send(
                    new CallNews.CallbackChanged(
                            shown(callback, peer.locale()), callback.isOpen()));
        }
    }

    private CallNews.Callback shown(Callback callback, String locale) {
        var organisation = roster.organisation();
        return new CallNews.Callback(
                callback.id().value(),
                callback.from().value(),
                organisation
                        .unit(callback.from())
                        .map(Unit::name)
                        .map(name -> name.in(locale))
                        .orElse(callback.from().value()),
                organisation
                        .user(callback.by())
                        .map(User::name)
                        .map(name -> name.in(locale))
                        .orElse(callback.by().value()),
                callback.note(),
                callback.at());
    }

    private Happening happening(Peer by, JournalKind kind, Callback callback) {
        var user = by.person().user();
        @Nullable String note = callback.note();
        return new Happening(
                clock.instant(),
                kind,
                user.id(),
                user.seat(),
                List.of(Subject.of(callback.asked()), Subject.of(callback.from())),
                note == null
                        ? Map.of("callback", callback.id().value())
                        : Map.of("callback", callback.id().value(), "note", note));
    }
}
