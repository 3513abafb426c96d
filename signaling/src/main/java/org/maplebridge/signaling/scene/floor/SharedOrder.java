package org.maplebridge.signaling.scene.floor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
/// A term is one node's time as arbiter. What an earlier term says late is void. What was handed to
/// an arbiter and did not come back is kept, and handed to the next one.
///
/// Thread: the conversation's mailbox.
final class SharedOrder implements Ordering {
    /// The way to the other nodes.
    interface Post {
        /// Who decides, or we from now on.
        Arbiter seat(Conversation conversation);

        /// Takes over from who is gone, unless another node was faster.
        Arbiter takeOver(Arbiter former);

        /// The highest epoch any node gave.
        long highestEpoch(Conversation conversation);

        /// The conversation is over.
        void vacate(Arbiter last);

        void forget(Conversation conversation);

        /// To the arbiter: we follow, and want to know how things stand.
        void follow(MemberId arbiter, Conversation conversation);

        /// To the arbiter: something happened here.
        ///
        /// @param ticket by which we know it again
        void tellArbiter(
                MemberId arbiter, Conversation conversation, FloorEvent event, long ticket);

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
        ///
        /// @param ticket of the follower's last event in it, 0 for none
        void tellAll(MemberId follower, Conversation conversation, Place place, long ticket);

        /// To who takes us for the arbiter.
        void deny(MemberId follower, Conversation conversation);
    }

    /// Where an event stands.
    ///
    /// @param number within the term
    /// @param atNanos by the conversation's clock
    record Place(long term, long number, long atNanos) {}

    /// Handed to the arbiter, and not seen again yet.
    private record Pending(long ticket, FloorEvent event) {}

    private final Conversation conversation;
    private final MemberId self;
    private final Post post;
    private final LongSupplier nanoClock;
    private final Set<MemberId> followers = new HashSet<>();
    private final Map<MemberId, Long> heardFrom = new HashMap<>();
    private final Deque<Pending> unconfirmed = new ArrayDeque<>();
    private @Nullable Arbiter arbiter;
    private long number;
    private boolean current;
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
            var pending = new Pending(++tickets, event);
            unconfirmed.add(pending);
            post.tellArbiter(now.member(), conversation, event, pending.ticket());
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
        heardFrom.clear();
        number = 0;
        current = false;
        if (!decides()) {
            post.follow(found.member(), conversation);
        }
    }

    private void decide(FloorEvent event) {
        decide(event, self, 0);
    }

    private void decide(FloorEvent event, MemberId from, long ticket) {
        var place = new Place(term(), ++number, nowNanos());
        conversation.apply(event, place.atNanos());
        for (var follower : followers) {
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
    public void countOnFrom(long epoch) {
        if (decides()) {
            conversation.countOnFrom(epoch);
            followers.forEach(this::tellAll);
        }
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
    void followedBy(MemberId follower) {
        arbiter();
        if (decides()) {
            followers.add(follower);
            tellAll(follower);
        } else {
            post.deny(follower, conversation);
        }
    }

    private void tellAll(MemberId follower) {
        var place = new Place(term(), number, nowNanos());
        long ticket = heardFrom.getOrDefault(follower, 0L);
        post.tellAll(follower, conversation, place, ticket);
    }

    /// A node that follows hands over what happened there.
    void happenedAt(MemberId follower, FloorEvent event, long ticket) {
        if (decides() && followers.contains(follower)) {
            heardFrom.put(follower, ticket);
            decide(event, follower, ticket);
        } else {
            post.deny(follower, conversation);
        }
    }

    /// The arbiter says how things stand.
    ///
    /// @param ticket of our last event in it
    void stands(
            MemberId from,
            Place place,
            Floor floor,
            List<FloorEvent.Entered> present,
            long ticket) {
        if (!isFrom(from, place)) {
            return;
        }
        confirm(ticket);
        aheadNanos = nanoClock.getAsLong() - place.atNanos();
        number = place.number();
        current = true;
        var again = List.copyOf(unconfirmed);
        conversation.adopt(floor, present, place.atNanos());
        for (var pending : again) {
            post.tellArbiter(from, conversation, pending.event(), pending.ticket());
        }
    }

    /// The arbiter says what comes next.
    ///
    /// @param ticket of the event if it was ours, else 0
    void decided(MemberId from, Place place, FloorEvent event, long ticket) {
        if (!isFrom(from, place) || !current || place.number() <= number) {
            return;
        }
        if (place.number() != number + 1) {
            current = false; // one was lost
            post.follow(from, conversation);
            return;
        }
        number = place.number();
        confirm(ticket);
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
        heardFrom.remove(member);
        if (known.member().equals(member)) {
            takeOver(known);
        }
        if (decides()) {
            dropThoseOf(member);
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
        heardFrom.clear();
        number = 0;
        conversation.countOnFrom(post.highestEpoch(conversation));
        for (var pending : List.copyOf(unconfirmed)) {
            decide(pending.event());
        }
        unconfirmed.clear();
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

    /// Two halves of the cluster found together: perhaps another node decides by now. If it is us,
    /// relays of the other half may know of higher epochs than ours, and would let nobody in.
    void lookAgain() {
        @Nullable Arbiter known = arbiter;
        if (known == null) {
            return;
        }
        var stands = post.seat(conversation);
        if (!stands.equals(known)) {
            obey(stands);
        } else if (decides()) {
            countOnFrom(post.highestEpoch(conversation));
        } else {
            current = false;
            post.follow(stands.member(), conversation);
        }
    }
}
