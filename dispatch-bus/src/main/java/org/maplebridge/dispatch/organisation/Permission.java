package org.maplebridge.dispatch.organisation;

import java.util.Arrays;
import java.util.Optional;

/// One thing somebody may do. The code is what the record and the wire say.
public enum Permission {
    /// Asks for the floor.
    TALK("talk"),
    /// Takes the floor from somebody of equal rank.
    FLOOR_OVERRIDE("floor.override"),
    /// Speaks to all without being answered.
    BROADCAST("broadcast"),
    /// Opens a call that the other side cannot decline.
    CALL_FORCE("call.force"),
    /// Hears and sees a unit without calling it; always audited.
    AMBIENT("ambient"),
    /// Makes and closes groups, joins them, and says what other units listen to.
    REGROUP("regroup"),
    /// Ends other people's alerts and lowers their calls.
    ALERT_CLEAR("alert.clear"),
    /// Watches and hears live pictures.
    WATCH("watch"),
    /// Goes live with the own camera.
    LIVE_SEND("live.send"),
    /// Starts another unit's camera without asking; the terminal shows it.
    LIVE_PULL("live.pull"),
    /// Places orders.
    DISPATCH("dispatch"),
    /// Receives orders and reports steps.
    ORDER_REPORT("order.report"),
    /// The three powers of a command room.
    COMMAND("command"),
    SUPERVISE("supervise"),
    APPRAISE("appraise"),
    /// Leads mediation sessions.
    MEDIATE("mediate"),
    /// Reads who watched and heard what.
    AUDIT_READ("audit.read"),
    /// Units, accounts, keys.
    ADMIN("admin");

    private final String code;

    Permission(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<Permission> ofCode(String code) {
        return Arrays.stream(values()).filter(p -> p.code.equals(code)).findFirst();
    }
}
