package org.maplebridge.signaling.command.group;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.group.GroupNews;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.group.Listening;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;

/// Who listens to a group: the session that asks, or another unit's terminal, which is told and
/// written down. Consoles are only changed by who sits there.
public final class ListeningHandler {
    private final Groups groups;
    private final Listening listening;
    private final GroupNews news;
    private final Peers peers;
    private final Roster roster;
    private final Audit audit;
    private final Chronicle chronicle;
    private final InstantSource clock;

    public ListeningHandler(
            Groups groups,
            Listening listening,
            GroupNews news,
            Peers peers,
            Roster roster,
            Audit audit,
            Chronicle chronicle,
            InstantSource clock) {
        this.groups = groups;
        this.listening = listening;
        this.news = news;
        this.peers = peers;
        this.roster = roster;
        this.audit = audit;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    public Reply affiliate(Peer peer, GroupAffiliate message) throws RecordUnavailable {
        var group = groups.seenBy(peer.person().user(), message.group());
        if (group.isEmpty()) {
            return Reply.notVisible("group");
        }
        @Nullable String unit = message.unit();
        return unit == null ? enter(peer, group.get()) : affiliate(peer, group.get(), unit);
    }

    public Reply leave(Peer peer, GroupLeave message) throws RecordUnavailable {
        @Nullable String unit = message.unit();
        if (unit != null) {
            return leave(peer, message.group(), unit);
        }
        if (Ids.isValid(message.group())) {
            listening.exit(peer, new GroupId(message.group()));
        }
        return Reply.DONE;
    }

    private Reply affiliate(Peer peer, TalkGroup group, String unit) throws RecordUnavailable {
        return terminal(peer, unit) instanceof Found(var id, var terminal)
                ? affiliate(peer, group, id, terminal)
                : missing(peer, unit);
    }

    private Reply affiliate(Peer peer, TalkGroup group, UnitId unit, Peer terminal)
            throws RecordUnavailable {
        if (listening.isIn(terminal, group.id())) {
            return Reply.DONE;
        }
        audited(peer, group.id(), unit, true);
        var reply = enter(terminal, group);
        if (reply.equals(Reply.DONE)) {
            told(peer, group.id(), unit, terminal, true);
        }
        return reply;
    }

    private Reply leave(Peer peer, String group, String unit) throws RecordUnavailable {
        var seen = groups.seenBy(peer.person().user(), group);
        if (seen.isEmpty()) {
            return Reply.notVisible("group");
        }
        if (!(terminal(peer, unit) instanceof Found(var id, var terminal))) {
            return missing(peer, unit);
        }
        if (listening.isIn(terminal, seen.get().id())) {
            audited(peer, seen.get().id(), id, false);
            listening.exit(terminal, seen.get().id());
            told(peer, seen.get().id(), id, terminal, false);
        }
        return Reply.DONE;
    }

    private Reply enter(Peer listener, TalkGroup group) throws RecordUnavailable {
        if (!groups.mayJoin(listener.person().user(), group)) {
            return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not a member of this group.");
        }
        return switch (listening.enter(listener, group.id())) {
            case LISTENS -> Reply.DONE;
            case NO_SLOT -> Reply.refuse(RefusalCode.NO_SLOT, "All voice slots are taken.");
            case GONE -> Reply.notVisible("group");
        };
    }

    /// The one device that is the unit.
    private record Found(UnitId unit, Peer terminal) {}

    private @Nullable Found terminal(Peer peer, String unit) {
        return seen(peer, unit)
                .flatMap(found ->
                        peers.terminalsOf(found.id()).stream()
                                .findFirst()
                                .map(terminal -> new Found(found.id(), terminal)))
                .orElse(null);
    }

    private Reply missing(Peer peer, String unit) {
        return seen(peer, unit).isPresent()
                ? Reply.refuse(RefusalCode.OFFLINE, "The unit's terminal is not connected.")
                : Reply.notVisible("unit");
    }

    private Optional<Unit> seen(Peer peer, String unit) {
        return Optional.of(unit)
                .filter(Ids::isValid)
                .flatMap(id -> roster.organisation().unit(new UnitId(id)))
                .filter(found -> roster.visibility().mayRegroup(peer.person().user(), found));
    }

    private void audited(Peer peer, GroupId group, UnitId unit, boolean listens)
            throws RecordUnavailable {
        audit.begin(
                AuditEntry.Kind.GROUP_CHANGED,
                peer.person().account(),
                group.value(),
                Map.of("unit", unit.value(), "listens", Boolean.toString(listens)));
    }

    private void told(Peer peer, GroupId group, UnitId unit, Peer terminal, boolean listens) {
        var user = peer.person().user();
        chronicle.note(
                new Happening(
                        clock.instant(),
                        JournalKind.GROUP_CHANGED,
                        user.id(),
                        user.seat(),
                        List.of(Subject.of(group.asCall()), Subject.of(unit)),
                        Map.of("listens", Boolean.toString(listens))));
        news.changed(terminal, group);
    }
}
