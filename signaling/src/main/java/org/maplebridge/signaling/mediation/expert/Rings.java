package org.maplebridge.signaling.mediation.expert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertOver;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertRung;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertState;
import org.maplebridge.signaling.protocol.ExpertNews.RingState;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;

/// Who is rung for which table and has not answered yet. All consoles and terminals of an account
/// on this node ring, again and again, so that one that has just come rings too. The first answer
/// holds; silence is told after a while.
///
/// Thread: any, guarded by this; the record is asked outside of it.
public final class Rings {
    /// Between two times that devices are told, and how many times.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private record Ring(String id, Attendant by, User whom, String title, String asker, int left) {
        Ring later() {
            return new Ring(id, by, whom, title, asker, left - 1);
        }
    }

    private final Tables tables;
    private final Invitations invitations;
    private final Peers peers;
    private final Roster roster;
    private final Secrets secrets;
    private final ScheduledExecutorService timer;
    private final int times;
    private final Map<String, Ring> open = new HashMap<>();

    /// @param patience how long somebody is rung
    public Rings(
            Tables tables,
            Invitations invitations,
            Peers peers,
            Roster roster,
            Secrets secrets,
            ScheduledExecutorService timer,
            Duration patience) {
        this.tables = tables;
        this.invitations = invitations;
        this.peers = peers;
        this.roster = roster;
        this.secrets = secrets;
        this.timer = timer;
        times = (int) Math.max(1, patience.dividedBy(AGAIN));
    }

    /// @return what stands against it
    public Optional<Bar> ring(Attendant by, Table table, String account) throws RecordUnavailable {
        var mediation = table.mediation();
        Optional<Person> asker = mediation.person(by.participant().person());
        if (mediation.isOver()) {
            return Optional.of(Bar.MEDIATION_OVER);
        }
        if (asker.filter(one -> one.role().leads()).isEmpty()) {
            return Optional.of(Bar.MEDIATOR_ONLY);
        }
        Optional<User> whom =
                Ids.isValid(account)
                        ? ExpertDirectory.find(
                                roster.organisation(), mediation, new UserId(account))
                        : Optional.empty();
        if (whom.isEmpty()) {
            return Optional.of(Bar.NO_SUCH_EXPERT);
        }
        if (sits(table, whom.get().id())) {
            return Optional.of(Bar.SITS_HERE);
        }
        if (devices(whom.get().id()).isEmpty()) {
            return Optional.of(Bar.NOT_PRESENT);
        }
        var ring =
                new Ring(
                        secrets.id(), by, whom.get(), mediation.title(), asker.get().name(), times);
        if (!begin(ring)) {
            return Optional.of(Bar.RINGS_ALREADY);
        }
        table.note("rang", Map.of("account", account), by);
        again(ring.id());
        return Optional.empty();
    }

    private static boolean sits(Table table, UserId account) {
        return table.mediation()
                .ofAccount(account)
                .filter(one -> table.rooms().of(one.id()).isPresent())
                .isPresent();
    }

    private synchronized boolean begin(Ring ring) {
        boolean rings =
                open.values().stream().anyMatch(one -> one.whom().id().equals(ring.whom().id()));
        if (!rings) {
            open.put(ring.id(), ring);
        }
        return !rings;
    }

    /// Tells the devices, or that nobody answered.
    private synchronized void again(String id) {
        @Nullable Ring ring = open.get(id);
        if (ring == null) {
            return;
        }
        if (ring.left() == 0) {
            over(ring, RingState.NO_ANSWER);
            return;
        }
        open.put(id, ring.later());
        tell(ring, new ExpertRung(id, ring.title(), ring.asker()));
        if (ring.left() == times) {
            state(ring, RingState.RINGING);
        }
        var unused = timer.schedule(() -> again(id), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void over(Ring ring, RingState how) {
        open.remove(ring.id());
        tell(ring, new ExpertOver(ring.id()));
        state(ring, how);
    }

    /// Takes the ring away, so that nobody else answers it.
    private synchronized Optional<Ring> take(Peer who, String id) {
        @Nullable Ring ring = open.get(id);
        boolean theirs = ring != null && ring.whom().id().equals(who.person().user().id());
        return theirs ? Optional.ofNullable(open.remove(id)) : Optional.empty();
    }

    /// What came of an answer.
    public sealed interface Answered {
        /// @param path of a page that opens once; absent for who declines
        record Done(@Nullable String path) implements Answered {}

        record Barred(Bar why) implements Answered {}
    }

    public Answered answer(Peer who, String id, boolean accept) throws RecordUnavailable {
        Optional<Ring> taken = take(who, id);
        if (taken.isEmpty()) {
            return new Answered.Barred(Bar.NO_SUCH_RING);
        }
        var ring = taken.get();
        if (!accept) {
            over(ring, RingState.DECLINED);
            return new Answered.Done(null);
        }
        Optional<Table> table = tables.of(ring.by().participant().mediation());
        if (table.isEmpty()) {
            over(ring, RingState.NO_ANSWER);
            return new Answered.Barred(Bar.NO_SUCH_RING);
        }
        Optional<Bar> bar = seat(table.get(), ring.whom());
        if (bar.isPresent()) {
            over(ring, RingState.NO_ANSWER);
            return new Answered.Barred(bar.get());
        }
        var mediation = table.get().mediation();
        var place = mediation.ofAccount(ring.whom().id()).orElseThrow();
        var made = invitations.invite(mediation, place.id(), ring.whom().id());
        over(ring, RingState.ACCEPTED);
        return new Answered.Done("/mediation/join#" + made.token());
    }

    /// A place as an expert, or the one that they have.
    private static Optional<Bar> seat(Table table, User whom) throws RecordUnavailable {
        return table.changeFromOutside(
                "expert added",
                mediation ->
                        mediation.ofAccount(whom.id()).isPresent()
                                ? new Ruling.Allowed<>(mediation)
                                : CaseRules.add(
                                        mediation,
                                        Person.Role.EXPERT,
                                        whom.name().in("zh-CN"),
                                        null,
                                        whom.id(),
                                        null));
    }

    /// Whether any device of theirs can ring here.
    public boolean isPresent(UserId account) {
        return !devices(account).isEmpty();
    }

    private List<Peer> devices(UserId account) {
        return peers.where(peer -> peer.person().user().id().equals(account));
    }

    private void tell(Ring ring, ServerMessage message) {
        devices(ring.whom().id()).forEach(device -> device.send(message));
    }

    private static void state(Ring ring, RingState state) {
        ring.by()
                .send(
                        new ExpertState(
                                ring.whom().id().value(), ring.whom().name().in("zh-CN"), state));
    }
}
