package org.maplebridge.dispatch.order;

import java.util.Arrays;
import java.util.Optional;

/// How far one assignee is with an order. The code is what the record and the wire say.
public enum OrderStep {
    PLACED("placed", 0),
    DELIVERED("delivered", 1),
    READ("read", 2),
    ACCEPTED("accepted", 3),
    /// A final answer: to send the same unit again takes a new order.
    REFUSED("refused", 3),
    EN_ROUTE("enRoute", 4),
    ARRIVED("arrived", 5),
    DONE("done", 6);

    private final String code;
    private final int rank;

    OrderStep(String code, int rank) {
        this.code = code;
        this.rank = rank;
    }

    public String code() {
        return code;
    }

    /// Steps of one rank exclude each other; a higher rank lies further on the way.
    int rank() {
        return rank;
    }

    /// Whether nothing more is expected.
    public boolean isFinal() {
        return this == REFUSED || this == DONE;
    }

    public static Optional<OrderStep> ofCode(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }
}
