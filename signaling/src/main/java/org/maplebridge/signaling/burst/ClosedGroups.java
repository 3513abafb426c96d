package org.maplebridge.signaling.burst;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.store.MadeGroupStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Talk groups that people made and closed again: what was said there is heard by the same people
/// as before.
///
/// Thread: any, guarded by this; asks the record while holding it, once for each group.
public final class ClosedGroups implements Function<GroupId, Optional<TalkGroup>> {
    private static final int REMEMBERED = 1_000;

    private final MadeGroupStore store;
    private final Map<GroupId, TalkGroup> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<GroupId, TalkGroup> eldest) {
                    return size() > REMEMBERED;
                }
            };

    public ClosedGroups(MadeGroupStore store) {
        this.store = store;
    }

    /// Nothing while the record is away: nobody hears more than they may.
    @Override
    public synchronized Optional<TalkGroup> apply(GroupId id) {
        Optional<TalkGroup> before = Optional.ofNullable(known.get(id));
        if (before.isPresent()) {
            return before;
        }
        try {
            Optional<TalkGroup> found = store.find(id).map(MadeGroup::asTalkGroup);
            found.ifPresent(group -> known.put(id, group));
            return found;
        } catch (RecordUnavailable away) {
            return Optional.empty();
        }
    }
}
