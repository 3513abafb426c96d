package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.floor.FloorInput.Join;
import org.maplebridge.dispatch.floor.FloorInput.Media;
import org.maplebridge.dispatch.floor.FloorInput.Request;
import org.maplebridge.dispatch.floor.FloorInput.SetUp;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// Who talks in the floor's tests, and the floors they meet.
final class People {
    static final long SECOND = 1_000_000_000L;

    static final SessionId ANN = new SessionId("ann");
    static final SessionId BOB = new SessionId("bob");
    static final SessionId CAT = new SessionId("cat");

    /// The duty commander.
    static final SessionId DAN = new SessionId("dan");

    /// Hears only.
    static final SessionId EVE = new SessionId("eve");

    /// Is not in the call.
    static final SessionId ZOE = new SessionId("zoe");

    private People() {}

    static Floor before(FloorRules rules) {
        Floor floor = Floor.before(rules, 100);
        floor = after(floor, new Join(Speaker.of(ANN, 5)), 0);
        floor = after(floor, new Join(Speaker.of(BOB, 5)), 0);
        floor = after(floor, new Join(Speaker.of(CAT, 10)), 0);
        floor = after(floor, new Join(Speaker.of(DAN, 5).asChair()), 0);
        return after(floor, new Join(Speaker.of(EVE, 5).muted()), 0);
    }

    static Floor idle(FloorRules rules) {
        return after(before(rules), new SetUp(ANN), 0);
    }

    /// Ann talks since 0 and has been heard.
    static Floor annTalks(FloorRules rules) {
        return after(after(idle(rules), Request.of(ANN), 0), new Media(ANN), 0);
    }

    static Request pressed(SessionId who, int priority) {
        return new Request(who, priority, Severity.YELLOW, false);
    }

    static Request override(SessionId who) {
        return new Request(who, 0, Severity.YELLOW, true);
    }

    static Request emergency(SessionId who) {
        return new Request(who, 0, Severity.RED, false);
    }

    static Floor after(Floor floor, FloorInput input, long nowNanos) {
        return FloorControl.step(floor, input, nowNanos).next();
    }
}
