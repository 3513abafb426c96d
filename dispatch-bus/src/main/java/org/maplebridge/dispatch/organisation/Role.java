package org.maplebridge.dispatch.organisation;

import java.util.Set;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;

/// A set of permissions under a name, and how much weight its holder's voice has.
///
/// @param talkPriority 0 to 10, the highest priority a holder may ask the floor with
public record Role(String id, Name name, Set<Permission> rights, int talkPriority) {
    public static final int MAX_TALK_PRIORITY = 10;

    public Role {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("not a role id");
        }
        if (talkPriority < 0 || talkPriority > MAX_TALK_PRIORITY) {
            throw new IllegalArgumentException("talk priority " + talkPriority);
        }
        rights = Set.copyOf(rights);
    }

    public boolean allows(Permission permission) {
        return rights.contains(permission);
    }
}
