package org.maplebridge.signaling.mediation.expert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertOver;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertRung;
import org.maplebridge.signaling.protocol.ExpertNews.RingState;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;

/// Who is rung for which table or consultation and has not answered yet. All consoles and terminals
/// of an account on this node ring, again and again, so that one that has just come rings too. The
/// first answer holds; silence is told after a while.
///
/// Thread: any, guarded by this; the record is asked outside of it.
public final class Rings {
    /// Between two times that devices are told, and how many times.
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private record Ring(String id, User whom, Ringer by, int left) {
        Ring later() {
            return new Ring(id, whom, by, left - 1);
        }
    }

    /// Who has somebody rung, and what comes of it.
    public interface Ringer {
        /// What they are asked to come to.
        MediationId about();

        String title();

        String name();

        /// Else they are asked into a mediation as an expert.
        boolean isConsultation();

        /// They ring; in the record before they do.
        void rings(User whom) throws RecordUnavailable;

        /// Must not wait.
        void told(User whom, RingState state);

        /// They accept.
        Answered seat(User whom) throws RecordUnavailable;
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
        return ring(whom.get(), new AtTable(by, table, asker.get().name(), tables, invitations));
    }

    /// @return what stands against it
    public Optional<Bar> ring(User whom, Ringer by) throws RecordUnavailable {
        if (devices(whom.id()).isEmpty()) {
            return Optional.of(Bar.NOT_PRESENT);
        }
        var ring = new Ring(secrets.id(), whom, by, times);
        if (!begin(ring)) {
            return Optional.of(Bar.RINGS_ALREADY);
        }
        try {
            by.rings(whom);
        } catch (RecordUnavailable e) {
            forget(ring.id());
            throw e;
        }
        again(ring.id());
        return Optional.empty();
    }

    private synchronized void forget(String id) {
        open.remove(id);
    }

    /// They came by another way, or there is nothing to come to any more.
    public synchronized void stop(MediationId about, Predicate<UserId> whom) {
        for (var ring : List.copyOf(open.values())) {
            if (ring.by().about().equals(about) && whom.test(ring.whom().id())) {
                open.remove(ring.id());
                tell(ring, new ExpertOver(ring.id()));
            }
        }
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
        tell(
                ring,
                new ExpertRung(
                        id, ring.by().title(), ring.by().name(), ring.by().isConsultation()));
        if (ring.left() == times) {
            ring.by().told(ring.whom(), RingState.RINGING);
        }
        var unused = timer.schedule(() -> again(id), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void over(Ring ring, RingState how) {
        open.remove(ring.id());
        tell(ring, new ExpertOver(ring.id()));
        ring.by().told(ring.whom(), how);
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
        Answered answered;
        try {
            answered = ring.by().seat(ring.whom());
        } catch (RecordUnavailable e) {
            over(ring, RingState.NO_ANSWER);
            throw e;
        }
        boolean comes = answered instanceof Answered.Done;
        over(ring, comes ? RingState.ACCEPTED : RingState.NO_ANSWER);
        return answered;
    }

    /// Whether they are rung for this already, or will be in a moment: whoever asked for that hears
    /// what comes of it.
    public synchronized boolean isRung(MediationId about, UserId account) {
        return open.values().stream()
                .anyMatch(one -> one.by().about().equals(about) && one.whom().id().equals(account));
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
}
