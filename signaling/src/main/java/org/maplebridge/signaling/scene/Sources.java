package org.maplebridge.signaling.scene;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;

/// How the relay's sources are called. A terminal's sources are its unit's; a room has as many
/// microphones as it has consoles.
///
/// Pure.
public final class Sources {
    private static final Pattern UNIT = Pattern.compile("unit:(.+):(?:camera|mic)");
    private static final Pattern SESSION = Pattern.compile("session:(.+):mic");

    private Sources() {}

    public static SourceId camera(UnitId unit) {
        return new SourceId("unit:" + unit + ":camera");
    }

    public static SourceId microphone(UnitId unit) {
        return new SourceId("unit:" + unit + ":mic");
    }

    public static SourceId microphone(Peer peer) {
        return peer.isTerminal() && peer.unit().isPresent()
                ? microphone(peer.unit().get())
                : microphone(peer.session());
    }

    static SourceId microphone(SessionId session) {
        return new SourceId("session:" + session + ":mic");
    }

    /// The unit whose camera or microphone this is.
    public static Optional<UnitId> unitOf(SourceId source) {
        return inner(UNIT, source).map(UnitId::new);
    }

    /// The session in a room whose microphone this is.
    public static Optional<SessionId> sessionOf(SourceId source) {
        return inner(SESSION, source).map(SessionId::new);
    }

    private static Optional<String> inner(Pattern form, SourceId source) {
        return Optional.of(form.matcher(source.value()))
                .filter(Matcher::matches)
                .map(found -> found.group(1));
    }

    public static SourceId channel(CallId call) {
        return new SourceId("call:" + call);
    }
}
