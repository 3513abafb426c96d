package org.maplebridge.dispatch.call;

import java.util.Arrays;
import java.util.List;
import org.maplebridge.dispatch.call.CallWish.Answering;
import org.maplebridge.dispatch.call.CallWish.Device;
import org.maplebridge.dispatch.model.SessionId;

/// Calls as tests want them.
final class Wishes {
    static final long RING_NANOS = 30_000_000_000L;

    private Wishes() {}

    /// With a floor, to devices that pick up by themselves.
    static CallWish auto(SessionId caller, SessionId... callees) {
        return wish(caller, true, Answering.AUTO, console(true, callees));
    }

    static CallWish ringing(SessionId caller, boolean oneAtATime, SessionId... callees) {
        return wish(caller, oneAtATime, Answering.MANUAL, console(true, callees));
    }

    static CallWish wish(
            SessionId caller, boolean oneAtATime, Answering answering, List<Device> devices) {
        return new CallWish(caller, oneAtATime, answering, devices, RING_NANOS);
    }

    static List<Device> console(boolean picksUp, SessionId... sessions) {
        return Arrays.stream(sessions).map(s -> new Device(s, false, picksUp)).toList();
    }
}
