package org.maplebridge.signaling.group;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.organisation.User;

/// What the journal says of groups that were made, closed, joined and parted.
final class GroupHappenings {
    private final InstantSource clock;

    GroupHappenings(InstantSource clock) {
        this.clock = clock;
    }

    Happening made(MadeGroup group, User by) {
        return about(JournalKind.GROUP_MADE, group, by);
    }

    /// @param by nobody when what a sudden end left half done is finished
    Happening closed(MadeGroup group, @Nullable User by) {
        return about(JournalKind.GROUP_CLOSED, group, by);
    }

    Happening joined(GroupPatch patch, User by) {
        return about(JournalKind.GROUPS_PATCHED, patch, by);
    }

    Happening parted(GroupPatch patch, @Nullable User by) {
        return about(JournalKind.GROUPS_PARTED, patch, by);
    }

    private Happening about(JournalKind kind, MadeGroup group, @Nullable User by) {
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.of(group.id().asCall()));
        subjects.add(Subject.of(group.node()));
        Optional.ofNullable(group.wish().incident()).map(Subject::of).ifPresent(subjects::add);
        group.members().stream()
                .sorted(Comparator.comparing(Object::toString))
                .map(Subject::of)
                .limit(Happening.MAX_SUBJECTS - subjects.size())
                .forEach(subjects::add);
        var detail = new TreeMap<String, String>();
        detail.put("name", group.wish().name());
        detail.put("members", Integer.toString(group.members().size()));
        return happening(kind, by, subjects, detail);
    }

    private Happening about(JournalKind kind, GroupPatch patch, @Nullable User by) {
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.of(patch.id()));
        patch.groups().stream()
                .sorted(Comparator.comparing(GroupId::value))
                .map(group -> Subject.of(group.asCall()))
                .forEach(subjects::add);
        return happening(kind, by, subjects, Map.of("patch", patch.id().value()));
    }

    private Happening happening(
            JournalKind kind,
            @Nullable User by,
            List<Subject> subjects,
            Map<String, String> detail) {
        return new Happening(
                clock.instant(),
                kind,
                by == null ? null : by.id(),
                by == null ? null : by.seat(),
                subjects,
                detail);
    }
}
