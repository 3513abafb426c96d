package org.maplebridge.dispatch.bus;

import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.model.MemberId;

/// The estates of all sessions, each under a key that only its client can name. An entry is a lease
/// of [#LEASE_SECONDS]; after its node died or let go it stands for [#RESUME_SECONDS] more. Kept on
/// two nodes at least.
public interface EstateRegistry {
    int LEASE_SECONDS = 60;
    int RESUME_SECONDS = 30;

    void keep(String key, Estate estate);

    /// Keeps the leases of this member's sessions alive, and puts back what is missing; to be asked
    /// every 20 seconds.
    void renew(Map<String, Estate> mine);

    Optional<Estate> of(String key);

    /// The session ended here, but may go on elsewhere.
    void letGo(String key);

    /// The session is over for good.
    void forget(String key);

    /// Ours to keep no longer: a member left, and whoever notices says so for it.
    void orphan(MemberId gone);
}
