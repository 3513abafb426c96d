package org.maplebridge.media.ice;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.stun.BindingRequest;
import org.maplebridge.media.stun.StunUsername;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Which paths of one peer are proved, which one media goes to, and whether the peer still
/// consents.
///
/// A path is remembered only after a check on it carried the right MESSAGE-INTEGRITY. The latest
/// nominating check decides where media goes (RFC 8445 §7.3.1.5), so a peer that moves is followed
/// at once.
///
/// Thread: its leg's media loop.
public final class IceLite {
    /// Interfaces × address families of a phone, by UDP and by TCP, twice over for a change of
    /// network.
    public static final int MAX_PATHS = 16;

    /// RFC 7675 §5.1. As a lite agent sends no checks, the peer's are what shows consent.
    public static final long CONSENT_NANOS = 30_000_000_000L;

    /// How long keepalives that prove nothing may stand in for checks and media.
    static final long KEEPALIVE_NANOS = 300_000_000_000L;

    /// A path this quiet gives way to a new one when all places are taken: browsers check the paths
    /// they keep at least every 2.5 s.
    private static final long QUIET_NANOS = 5_000_000_000L;

    private final List<ProvedPath> paths = new ArrayList<>(2);
    private final Queue<IceEvent> events = new ArrayDeque<>(2);
    private final byte[] answer = new byte[BindingRequest.MAX_ANSWER_LENGTH];
    private Generation current;
    private @Nullable Generation restarting;
    private @Nullable ProvedPath selected;
    private long lastProofNanos;
    private long lastLifeNanos;

    public IceLite(IceCredentials local, IceCredentials remote, long nowNanos) {
        current = Generation.of(local, remote);
        lastLifeNanos = nowNanos;
        lastProofNanos = nowNanos;
    }

    /// Takes new credentials of both sides. The old ones stay good until the first nominating check
    /// with the new ones (RFC 8445 §9); paths and selection stay.
    public void restart(IceCredentials local, IceCredentials remote) {
        restarting = Generation.of(local, remote);
    }

    /// Our user name fragments a check may name now: one, or two while restarting.
    public List<String> localFragments() {
        return restarting == null
                ? List.of(current.local().fragment())
                : List.of(current.local().fragment(), restarting.local().fragment());
    }

    /// Our newest credentials: those an answer carries.
    public IceCredentials localCredentials() {
        return newest().local();
    }

    /// The peer's newest credentials.
    public IceCredentials remoteCredentials() {
        return newest().remote();
    }

    /// Takes a STUN datagram and writes the response to `out`.
    ///
    /// @return 0, or the code of a drop reason
    public int onDatagram(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        if (BindingRequest.isIndication(data, offset, length)) {
            onKeepalive(from, nowNanos);
            return 0;
        }
        String fragment = StunUsername.localFragment(data, offset, length);
        if (fragment.isEmpty()) {
            return DropReason.STUN_MALFORMED.code();
        }
        Generation generation = generationOf(fragment);
        if (generation == null) {
            return DropReason.STUN_UNKNOWN_USER.code();
        }
        if (!generation.integrity().proves(data, offset, length)) {
            return DropReason.STUN_UNAUTHENTICATED.code();
        }
        BindingRequest request = BindingRequest.decode(data, offset, length);
        if (request == null) {
            return DropReason.STUN_MALFORMED.code();
        }
        return onCheck(from, request, generation, nowNanos, out);
    }

    /// A keepalive (RFC 8445 §11) proves nothing, yet it is all libnice sends while it has no media
    /// to send or report: on a proved path it lengthens life for a while.
    private void onKeepalive(PeerPath from, long nowNanos) {
        ProvedPath path = find(from);
        if (path != null && nowNanos - lastProofNanos < KEEPALIVE_NANOS) {
            path.lastLifeNanos = nowNanos;
            lastLifeNanos = nowNanos;
        }
    }

    private int onCheck(
            PeerPath from,
            BindingRequest request,
            Generation generation,
            long nowNanos,
            OutboundBatch out) {
        var integrity = generation.integrity();
        if (request.demandsUnknown()) {
            return send(from, request.writeUnknownAttributes(answer, integrity), out);
        }
        if (request.claimsControlled()) {
            return send(from, request.writeRoleConflict(answer, integrity), out);
        }
        ProvedPath path = admit(from, nowNanos);
        if (path == null) {
            return DropReason.TOO_MANY_PATHS.code();
        }
        if (request.nominates()) {
            if (generation == restarting) {
                current = generation;
                restarting = null;
            }
            select(path);
        }
        return send(path.path, request.writeSuccess(answer, from.remote(), integrity), out);
    }

    private @Nullable Generation generationOf(String fragment) {
        if (current.local().fragment().equals(fragment)) {
            return current;
        }
        return restarting != null && restarting.local().fragment().equals(fragment)
                ? restarting
                : null;
    }

    private Generation newest() {
        return restarting == null ? current : restarting;
    }

    private @Nullable ProvedPath admit(PeerPath from, long nowNanos) {
        lastLifeNanos = nowNanos;
        lastProofNanos = nowNanos;
        ProvedPath known = find(from);
        if (known != null) {
            known.lastLifeNanos = nowNanos;
            return known;
        }
        if (paths.size() >= MAX_PATHS && !forgetQuietest(nowNanos)) {
            return null;
        }
        ProvedPath fresh = new ProvedPath(from, nowNanos);
        paths.add(fresh);
        events.add(new IceEvent.Proved(from));
        return fresh;
    }

    private boolean forgetQuietest(long nowNanos) {
        ProvedPath quietest = null;
        for (ProvedPath path : paths) {
            if (path != selected
                    && (quietest == null || path.lastLifeNanos - quietest.lastLifeNanos < 0)) {
                quietest = path;
            }
        }
        if (quietest == null || !quietest.silentFor(QUIET_NANOS, nowNanos)) {
            return false;
        }
        paths.remove(quietest);
        events.add(new IceEvent.Forgotten(quietest.path));
        return true;
    }

    private void select(ProvedPath path) {
        if (path != selected) {
            selected = path;
            events.add(new IceEvent.Selected(path.path));
        }
    }

    private int send(PeerPath to, int length, OutboundBatch out) {
        long at = out.claim();
        MemorySegment.copy(answer, 0, out.memory(), ValueLayout.JAVA_BYTE, at, length);
        out.commit(to, length);
        return 0;
    }

    /// Counts an authentic media packet as life: some peers keep a path open by media and
    /// indications alone.
    public void onAuthenticMedia(PeerPath from, long nowNanos) {
        ProvedPath path = selected != null && selected.path == from ? selected : find(from);
        if (path != null) {
            path.lastLifeNanos = nowNanos;
            lastLifeNanos = nowNanos;
            lastProofNanos = nowNanos;
        }
    }

    /// Whether a check has proved `path`.
    public boolean proved(PeerPath path) {
        return (selected != null && selected.path == path) || find(path) != null;
    }

    private @Nullable ProvedPath find(PeerPath path) {
        for (ProvedPath known : paths) {
            if (known.path == path || known.path.equals(path)) {
                return known;
            }
        }
        return null;
    }

    /// Forgets paths that were silent for as long as consent lasts. When the selected one is among
    /// them and another one lives, media goes there.
    public void tick(long nowNanos) {
        if (selected != null && selected.silentFor(CONSENT_NANOS, nowNanos)) {
            ProvedPath liveliest = liveliest();
            if (!liveliest.silentFor(CONSENT_NANOS, nowNanos)) {
                select(liveliest);
            }
        }
        for (int i = paths.size() - 1; i >= 0; i--) {
            ProvedPath path = paths.get(i);
            if (path != selected && path.silentFor(CONSENT_NANOS, nowNanos)) {
                paths.remove(i);
                events.add(new IceEvent.Forgotten(path.path));
            }
        }
    }

    private ProvedPath liveliest() {
        ProvedPath liveliest = paths.getFirst();
        for (ProvedPath path : paths) {
            if (path.lastLifeNanos - liveliest.lastLifeNanos > 0) {
                liveliest = path;
            }
        }
        return liveliest;
    }

    /// Whether no path showed life for as long as consent lasts.
    public boolean consentExpired(long nowNanos) {
        return nowNanos - lastLifeNanos >= CONSENT_NANOS;
    }

    /// Where media goes: the path of the latest nominating check.
    public @Nullable PeerPath selectedPath() {
        return selected == null ? null : selected.path;
    }

    /// Proved paths, oldest first.
    public List<PeerPath> paths() {
        return paths.stream().map(known -> known.path).toList();
    }

    /// The oldest event not yet taken, null when there is none.
    public @Nullable IceEvent pollEvent() {
        return events.poll();
    }
}
