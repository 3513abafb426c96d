package org.maplebridge.signaling.scene.alert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.call.Tiers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Roster;

/// What an active alert does: its group's call is raised, and who needs help is heard there without
/// having to do anything.
///
/// Thread: any; [Alerts] calls it for one alert after the other.
public final class Rescue {
    /// Lets a session listen to a group it is a member of, if it does not yet.
    @FunctionalInterface
    public interface Listening {
        /// @return false when it cannot, because its voice slots are taken
        boolean enter(Peer peer, GroupId group);
    }

    private final Tiers tiers;
    private final Conversations conversations;
    private final Listening listening;
    private final Legs legs;
    private final Peers peers;
    private final Roster roster;
    private final LongSupplier nanoClock;
    private final ConcurrentHashMap<AlertId, SessionId> raisers = new ConcurrentHashMap<>();
    private final Set<AlertId> heard = ConcurrentHashMap.newKeySet();

    public Rescue(
            Tiers tiers,
            Conversations conversations,
            Listening listening,
            Legs legs,
            Peers peers,
            Roster roster,
            LongSupplier nanoClock) {
        this.tiers = tiers;
        this.conversations = conversations;
        this.listening = listening;
        this.legs = legs;
        this.peers = peers;
        this.roster = roster;
        this.nanoClock = nanoClock;
    }

    /// @param who says that they need help, at this node
    void raisedBy(AlertId alert, SessionId who) {
        raisers.put(alert, who);
    }

    /// Said again it opens no microphone again.
    void begin(Alert alert) {
        @Nullable GroupId group = alert.group();
        if (group != null) {
            tiers.hold(group, alert.id(), alert.tier(), name(alert.by()));
            if (heard.add(alert.id())) {
                raiser(alert).ifPresent(peer -> openMicrophone(alert, group, peer));
            }
        }
    }

    void end(Alert alert) {
        raisers.remove(alert.id());
        heard.remove(alert.id());
        @Nullable GroupId group = alert.group();
        Alert.@Nullable Ending ending = alert.ending();
        if (group != null) {
            tiers.release(group, alert.id(), name(ending == null ? alert.by() : ending.by()));
        }
    }

    /// The floor is asked for with everything this one may say: an open microphone is heard even if
    /// the page only sends. How long it stays open is the page's business; it releases.
    private void openMicrophone(Alert alert, GroupId group, Peer peer) {
        if (legs.of(peer.session()).isEmpty()) {
            return;
        }
        var call = group.asCall();
        if (conversations.takesPart(call, peer.session()) || listening.enter(peer, group)) {
            var request =
                    new FloorInput.Request(
                            peer.session(),
                            peer.person().role().talkPriority(),
                            alert.tier(),
                            false);
            conversations.request(call, request, nanoClock.getAsLong(), null);
        }
    }

    /// The device that raised it, or the unit's terminal when that one is gone meanwhile.
    private Optional<Peer> raiser(Alert alert) {
        Optional<Peer> device = Optional.ofNullable(raisers.get(alert.id())).flatMap(peers::find);
        List<Peer> terminals = peers.terminalsOf(alert.unit());
        return Stream.concat(device.stream(), terminals.stream()).findFirst();
    }

    private String name(UserId user) {
        var organisation = roster.organisation();
        var locale = organisation.user(user).map(found -> found.locale()).orElse("");
        return AlertView.name(user, organisation, locale);
    }
}
