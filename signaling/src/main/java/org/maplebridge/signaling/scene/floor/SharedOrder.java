package org.maplebridge.signaling.scene.floor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Arbiter;
import org.maplebridge.dispatch.floor.Floor;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;

/// The order of one conversation's events on all nodes that have somebody in it. One of them, the
/// arbiter, numbers them; the others follow its numbers and hand it what happens at their place.
/// Each of them so knows the whole floor, holder and queue, and any may go on when the arbiter
/// dies.
///
/// A term is one node's time as arbiter. What an earlier term says late is void. A node begins to
/// follow in rounds: each begins with how things stand, and counts what is handed over from one.
/// What was handed over and did not come back is kept, and handed over again in the next round.
/// Between two nodes the bus keeps the order of letters; one that it lost leaves a gap in the
/// count, and a gap begins a new round.
///
/// Thread: the conversation's mailbox.
final class SharedOrder implements Ordering {
    /// The way to the other nodes.
    interface Post {
        /// Who decides, or we from now on. May be a node that is gone.
        Arbiter seat(Conversation conversation);

        boolean isThere(MemberId member);

        /// Comes back with [#check] after some time.
        void checkIn(Conversation conversation, long nanos);

        /// Takes over from who is gone, unless another node was faster.
        Arbiter takeOver(Arbiter former);

        /// The highest epoch any node gave.
        long highestEpoch(Conversation conversation);

        /// The conversation is over.
        void vacate(Arbiter last);

        void forget(Conversation conversation);

        /// To the arbiter: we follow, and want to know how things stand.
        void follow(MemberId arbiter, Conversation conversation, long round);

        /// To the arbiter: we believe that we follow.
        void remind(MemberId arbiter, Conversation conversation, long round);

        /// To the arbiter: something happened here.
        void tellArbiter(
                MemberId arbiter, Conversation conversation, FloorEvent event, Ticket ticket);

        /// To who follows us.
        ///
        /// @param ticket of the follower if the event was its, else 0
        void tellFollower(
                MemberId follower,
                Conversation conversation,
                Place place,
                FloorEvent event,
                long ticket);

        /// To who begins to follow us: how things stand.
        void tellAll(MemberId follower, Conversation conversation, Place place, long round);

        /// To who takes us for the arbiter.
        void deny(MemberId follower, Conversation conversation);
    }

    /// Where an event stands.
    ///
    /// @param number within the term
    /// @param atNanos by the conversation's clock
    record Place(long term, long number, long atNanos) {}

    /// So long those who know how things stand may take to notice that the arbiter is gone.
    private static final long SUCCESSOR_NANOS = 2_000_000_000L;

    /// By which a follower knows again what it handed over.
    record Ticket(long round, long number) {}

    /// Handed to the arbiter, or to be handed to it, and not seen again yet.
    ///
    /// @param ticket within the round; of earlier rounds, less than those
    private record Pending(long ticket, FloorEvent event) {}

    private final Conversation conversation;
    private final MemberId self;
    private final Post post;
    private final LongSupplier nanoClock;

    /// The last ticket of each node that follows us.
    private final Map<MemberId, Ticket> followers = new HashMap<>();

    private final Deque<Pending> unconfirmed = new ArrayDeque<>();
    private @Nullable Arbiter arbiter;

    /// Whether we ever knew how things stand.
    private boolean informed;

    private long orphanedNanos;
    private long number;
    private boolean current;
    private long round;
    private long tickets;

    /// What our clock is ahead of the conversation's.
    private long aheadNanos;

    SharedOrder(Conversation conversation, MemberId self, Post post, LongSupplier nanoClock) {
        this.conversation = conversation;
        this.self = self;
        this.post = post;
        this.nanoClock = nanoClock;
    }

    @Override
    public void happened(FloorEvent event) {
        var now = arbiter();
        if (decides()) {
            decide(event);
        } else {
            unconfirmed.add(new Pending(++tickets, event));
            if (current) {
                post.tellArbiter(now.member(), conversation, event, new Ticket(round, tickets));
            }
        }
    }

    private void confirm(long ticket) {
        while (!unconfirmed.isEmpty() && unconfirmed.getFirst().ticket() <= ticket) {
            unconfirmed.removeFirst();
        }
    }

    private Arbiter arbiter() {
        @Nullable Arbiter known = arbiter;
        if (known != null) {
            return known;
        }
        var found = post.seat(conversation);
        obey(found);
        return found;
    }

    private void obey(Arbiter found) {
        arbiter = found;
        followers.clear();
        number = 0;
        if (decides()) {
            decideWhatWaits();
        } else if (post.isThere(found.member())) {
            follow(found);
        } else {
            awaitSuccessor();
        }
    }

    /// The arbiter is gone and we know nothing: whoever does is to go on, with talker and queue.
    private void awaitSuccessor() {
        current = false;
        orphanedNanos = nanoClock.getAsLong();
        post.checkIn(conversation, SUCCESSOR_NANOS);
    }

    private void follow(Arbiter found) {
        current = false;
        round++;
        post.follow(found.member(), conversation, round);
    }

    private void decideWhatWaits() {
        informed = true;
        var waiting = List.copyOf(unconfirmed);
        unconfirmed.clear();
        waiting.forEach(pending -> decide(pending.event()));
    }

    private void decide(FloorEvent event) {
        decide(event, self, 0);
    }

    private void decide(FloorEvent event, MemberId from, long ticket) {
        var place = new Place(term(), ++number, nowNanos());
        conversation.apply(event, place.atNanos());
        for (var follower : followers.keySet()) {
            long known = follower.equals(from) ? ticket : 0;
            post.tellFollower(follower, conversation, place, event, known);
        }
    }

    @Override
    public boolean decides() {
        @Nullable Arbiter known = arbiter;
        return known != null && known.member().equals(self);
    }

    private long term() {
        @Nullable Arbiter known = arbiter;
        return known == null ? 0 : known.term();
    }

    @Override
    public long nowNanos() {
        return nanoClock.getAsLong() - aheadNanos;
    }

    @Override
    public void ended() {
        @Nullable Arbiter last = arbiter;
        if (last != null && decides()) {
            post.vacate(last);
        }
        post.forget(conversation);
    }

    /// A node wants to follow.
    void followedBy(MemberId follower, long itsRound) {
        arbiter();
        if (decides()) {
            followers.put(follower, new Ticket(itsRound, 0));
            var place = new Place(term(), number, nowNanos());
            post.tellAll(follower, conversation, place, itsRound);
        } else {
            post.deny(follower, conversation);
        }
    }

    /// Everybody's next grant has the same epoch, so everybody is told from where we count on.
    private void countOn() {
        long before = conversation.floor().epoch();
        conversation.countOnFrom(post.highestEpoch(conversation));
        if (conversation.floor().epoch() != before) {
            var all = List.copyOf(followers.keySet());
            followers.clear();
            all.forEach(follower -> post.deny(follower, conversation)); // and so they ask again
        }
    }

    /// A node that follows hands over what happened there.
    void happenedAt(MemberId follower, FloorEvent event, Ticket ticket) {
        @Nullable Ticket last = followers.get(follower);
        if (!decides() || last == null) {
            post.deny(follower, conversation);
        } else if (ticket.equals(new Ticket(last.round(), last.number() + 1))) {
            followers.put(follower, ticket);
            decide(event, follower, ticket.number());
        } else if (ticket.round() >= last.round() && ticket.number() > last.number()) {
            followers.remove(follower); // one was lost
            post.deny(follower, conversation);
        }
    }

    /// The arbiter says how things stand. What was handed over in earlier rounds is in it or was
    /// never heard.
    void stands(
            MemberId from,
            Place place,
            Floor floor,
            List<FloorEvent.Entered> present,
            long itsRound) {
        if (!isFrom(from, place) || itsRound != round) {
            return;
        }
        aheadNanos = nanoClock.getAsLong() - place.atNanos();
        number = place.number();
        current = true;
        informed = true;
        tickets = 0;
        var again = List.copyOf(unconfirmed);
        unconfirmed.clear();
        conversation.adopt(floor, present, place.atNanos());
        again.forEach(pending -> happened(pending.event()));
    }

    /// The arbiter says what comes next.
    ///
    /// @param ticket of the event if it was ours, else 0
    void decided(MemberId from, Place place, FloorEvent event, long ticket) {
        if (!isFrom(from, place)) {
            return;
        }
        confirm(ticket);
        if (!current || place.number() <= number) {
            return;
        }
        if (place.number() != number + 1) {
            lookAgain(); // one was lost
            return;
        }
        number = place.number();
        aheadNanos = Math.min(aheadNanos, nanoClock.getAsLong() - place.atNanos());
        conversation.apply(event, place.atNanos());
    }

    private boolean isFrom(MemberId from, Place place) {
        @Nullable Arbiter known = arbiter;
        return known != null
                && !decides()
                && known.member().equals(from)
                && known.term() == place.term();
    }

    /// Whom we took for the arbiter is none.
    ///
    /// @param gone whether it knows nothing of the conversation at all
    void deniedBy(MemberId from, boolean gone) {
        @Nullable Arbiter known = arbiter;
        if (known == null || !known.member().equals(from)) {
            return;
        }
        if (gone) {
            takeOver(known);
        } else {
            lookAgain();
        }
    }

    /// A node is gone. Its people take part no more; if it decided, somebody else does now.
    void lost(MemberId member) {
        @Nullable Arbiter known = arbiter;
        if (known == null) {
            return;
        }
        followers.remove(member);
        if (known.member().equals(member)) {
            succeed(known);
        }
        if (decides()) {
            dropThoseOf(member);
        }
    }

    private void succeed(Arbiter former) {
        if (informed) {
            takeOver(former);
        } else {
            awaitSuccessor();
        }
    }

    private void takeOver(Arbiter former) {
        var next = post.takeOver(former);
        if (!next.member().equals(self)) {
            obey(next);
            return;
        }
        arbiter = next;
        followers.clear();
        number = 0;
        conversation.countOnFrom(post.highestEpoch(conversation));
        decideWhatWaits();
        decide(new FloorEvent.Happened(new FloorInput.Wake()));
    }

    private void dropThoseOf(MemberId member) {
        var gone = new HashSet<SessionId>();
        for (var one : conversation.present()) {
            if (one.peer() instanceof RemotePeer remote && remote.member().equals(member)) {
                gone.add(remote.session());
            }
        }
        gone.forEach(who -> decide(new FloorEvent.Gone(who)));
    }

    /// Asked every few seconds: what stands in the registry counts, who waits to be told how things
    /// stand asks again, and an arbiter that forgot a follower is told.
    void check() {
        @Nullable Arbiter known = arbiter;
        if (known == null) {
            return;
        }
        var stands = post.seat(conversation);
        if (!stands.equals(known)) {
            obey(stands);
        } else if (decides()) {
            return;
        } else if (!post.isThere(stands.member())) {
            if (informed || nanoClock.getAsLong() - orphanedNanos >= SUCCESSOR_NANOS) {
                takeOver(stands); // nobody who takes part knew more
            }
        } else if (!current) {
            follow(stands);
        } else {
            post.remind(stands.member(), conversation, round);
        }
    }

    /// A node believes that it follows.
    void remindedBy(MemberId follower, long itsRound) {
        @Nullable Ticket last = followers.get(follower);
        if (!decides() || last == null || last.round() != itsRound) {
            post.deny(follower, conversation);
        }
    }

    /// Perhaps another node decides by now, as when two halves of the cluster found together, and
    /// perhaps one gave grants that we were not told of.
    @Override
    public void lookAgain() {
        @Nullable Arbiter known = arbiter;
        if (known == null) {
            return;
        }
        var stands = post.seat(conversation);
        if (!stands.equals(known)) {
            obey(stands);
        } else if (decides()) {
            countOn();
        } else {
            follow(stands);
        }
    }
}
