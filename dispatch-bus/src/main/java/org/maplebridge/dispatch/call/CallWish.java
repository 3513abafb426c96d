package org.maplebridge.dispatch.call;

import java.util.List;
import org.maplebridge.dispatch.model.SessionId;

/// A private call that somebody wants, and where it may come out.
///
/// @param oneAtATime whether it has a floor; without one both microphones are open
/// @param devices of the unit that is called, at least one
/// @param ringNanos how long it rings at most
public record CallWish(
        SessionId caller,
        boolean oneAtATime,
        Answering answering,
        List<Device> devices,
        long ringNanos) {
    public CallWish {
        devices = List.copyOf(devices);
    }

    public enum Answering {
        /// Opens at once where a device allows it, and rings elsewhere.
        AUTO,
        /// Rings.
        MANUAL,
        /// Opens at once, whatever a device says.
        FORCED
    }

    /// @param terminal the one device that is the unit; all others only speak for it
    /// @param picksUp whether a call may open there without a hand
    public record Device(SessionId session, boolean terminal, boolean picksUp) {}

    /// Where it opens at once; nowhere means that it rings. A call without a floor is between two
    /// devices: opening one of several microphones of a room by chance helps nobody, so it rings at
    /// all of them, unless one of them is the unit itself or the caller insists.
    List<SessionId> opensAt() {
        List<Device> ready =
                switch (answering) {
                    case FORCED -> devices;
                    case AUTO -> devices.stream().filter(Device::picksUp).toList();
                    case MANUAL -> List.of();
                };
        if (oneAtATime || ready.size() <= 1) {
            return ready.stream().map(Device::session).toList();
        }
        List<Device> terminals = ready.stream().filter(Device::terminal).toList();
        if (terminals.isEmpty() && answering == Answering.AUTO) {
            return List.of();
        }
        return List.of((terminals.isEmpty() ? ready : terminals).getFirst().session());
    }
}
