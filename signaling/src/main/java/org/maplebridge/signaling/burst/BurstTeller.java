package org.maplebridge.signaling.burst;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews.BurstEnded;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Speech;

/// Tells the journal, and then whoever takes part and whoever it was said to, that somebody spoke.
/// Slips of the finger stand in the journal only.
///
/// Thread: any.
public final class BurstTeller {
    private final Peers peers;
    private final Hearing hearing;

    public BurstTeller(Peers peers, Hearing hearing) {
        this.peers = peers;
        this.hearing = hearing;
    }

    void tell(Burst burst, Speech speech) {
        if (!burst.isWords()) {
            return;
        }
        Set<SessionId> present = new HashSet<>(Set.of(speech.talker().session()));
        speech.audience().forEach(peer -> present.add(peer.session()));
        Set<UnitId> meant = hearing.meant(burst);
        for (var peer : peers.all()) {
            boolean there = present.contains(peer.session());
            if (there || peer.unit().filter(meant::contains).isPresent()) {
                boolean heard = peer.unit().map(burst.listeners()::contains).orElse(there);
                tell(peer, burst, heard);
            }
        }
    }

    /// Members who could not hear it. A private call is never missed so: who is away is not in it.
    Set<UnitId> missedBy(Burst burst) {
        if (burst.isPrivate() || !burst.isWords()) {
            return Set.of();
        }
        var missed = new HashSet<>(hearing.meant(burst));
        missed.removeAll(burst.listeners());
        return missed;
    }

    private void tell(Peer peer, Burst burst, boolean heard) {
        var shown = hearing.shown(burst, heard, peer.person().user(), peer.locale());
        peer.send(new BurstEnded(shown));
    }

    /// @param sha256 of its sound; absent when there is none
    static Happening happening(Burst burst, @Nullable String sha256) {
        var subjects = new ArrayList<Subject>();
        @Nullable UnitId unit = burst.talker().unit();
        if (unit != null) {
            subjects.add(Subject.of(unit));
        }
        @Nullable OrderId order = burst.order();
        if (order != null) {
            subjects.add(Subject.of(order));
        }
        burst.calls().stream()
                .map(Subject::of)
                .limit(Happening.MAX_SUBJECTS - subjects.size())
                .forEach(subjects::add);
        return new Happening(
                burst.turn().startedAt(),
                JournalKind.SPOKEN,
                burst.talker().user(),
                null,
                subjects,
                detail(burst, sha256));
    }

    private static Map<String, String> detail(Burst burst, @Nullable String sha256) {
        var detail = new TreeMap<String, String>();
        detail.put("burst", burst.id().value());
        detail.put("tier", burst.turn().tier().name());
        detail.put("result", burst.turn().result().name());
        detail.put("end", burst.turn().end().name());
        detail.put("durationMs", Long.toString(burst.durationMillis()));
        detail.put("audio", Boolean.toString(burst.audio() != null));
        if (sha256 != null) {
            detail.put("sha256", sha256);
        }
        return detail;
    }
}
