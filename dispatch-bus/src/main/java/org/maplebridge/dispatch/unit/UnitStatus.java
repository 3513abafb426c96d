package org.maplebridge.dispatch.unit;

import java.util.Arrays;
import java.util.Optional;

/// What a unit's crew says about itself.
public enum UnitStatus {
    AVAILABLE("available"),
    BUSY("busy"),
    BREAK("break");

    private final String code;

    UnitStatus(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<UnitStatus> ofCode(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }
}
