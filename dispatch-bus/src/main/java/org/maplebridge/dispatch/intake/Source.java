package org.maplebridge.dispatch.intake;

import java.util.Arrays;
import java.util.Optional;

/// Which door a report came through. Stored by name: a name may be added, never renamed.
public enum Source {
    /// Somebody who scanned a code; without an account.
    CITIZEN("citizen"),
    /// The mayor's hotline.
    HOTLINE("12345"),
    /// The police's emergency number.
    EMERGENCY("110"),
    /// Letters and visits.
    PETITION("petition"),
    /// A sensor or a camera, by REST or by the stream of alarms.
    DEVICE("device"),
    OTHER("other");

    private final String code;

    Source(String code) {
        this.code = code;
    }

    /// The word on the wire.
    public String code() {
        return code;
    }

    /// What another system may call itself; citizens have a door of their own.
    public static Optional<Source> ofSystem(String code) {
        return Arrays.stream(values())
                .filter(source -> source != CITIZEN && source.code.equals(code))
                .findFirst();
    }
}
