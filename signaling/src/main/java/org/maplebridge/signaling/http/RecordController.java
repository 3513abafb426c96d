package org.maplebridge.signaling.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What happened, and who looked.
@RestController
public class RecordController {
    private static final int MOST = 1_000;

    public record Entry(
            long sequence,
            Instant at,
            String kind,
            @Nullable String actor,
            List<String> subjects,
            Map<String, String> detail) {}

    /// @param next to ask for what comes after
    public record JournalPage(List<Entry> entries, long next) {}

    public record Looked(
            Instant at,
            String kind,
            String who,
            String subject,
            String remote,
            Map<String, String> detail) {}

    public record AuditPage(List<Looked> entries) {}

    private final RecordStores stores;
    private final Roster roster;
    private final Groups groups;
    private final InstantSource clock;

    public RecordController(
            RecordStores stores, Roster roster, Groups groups, InstantSource clock) {
        this.stores = stores;
        this.roster = roster;
        this.groups = groups;
        this.clock = clock;
    }

    /// Oldest first, after `after`.
    @GetMapping("/api/journal")
    JournalPage journal(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "200") int limit)
            throws RecordUnavailable {
        Access.requireAny(
                person,
                Permission.SUPERVISE,
                Permission.COMMAND,
                Permission.AUDIT_READ,
                Permission.ADMIN);
        var read = stores.journal().after(after, Access.limit(limit, MOST));
        var visible = new ArrayList<Entry>();
        for (var entry : read) {
            if (isVisible(person, entry)) {
                visible.add(shown(entry));
            }
        }
        return new JournalPage(visible, read.isEmpty() ? after : read.getLast().sequence());
    }

    @GetMapping("/api/audit")
    AuditPage audit(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "") String who,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(defaultValue = "200") int limit)
            throws RecordUnavailable {
        Access.requireAny(person, Permission.AUDIT_READ, Permission.ADMIN, Permission.SUPERVISE);
        boolean all = person.may(Permission.AUDIT_READ) || person.may(Permission.ADMIN);
        var now = clock.instant();
        var entries =
                stores.audit()
                        .find(
                                who,
                                subject,
                                from == null ? now.minus(Duration.ofDays(30)) : from,
                                until == null ? now.plusSeconds(1) : until,
                                Access.limit(limit, MOST));
        return new AuditPage(
                entries.stream()
                        .filter(entry -> all || isOfOwnUnits(person, entry))
                        .map(RecordController::shown)
                        .toList());
    }

    /// A supervisor reads who looked at the own units.
    private boolean isOfOwnUnits(Caller.Person person, AuditEntry entry) {
        return Ids.isValid(entry.subject())
                && roster.organisation()
                        .unit(new UnitId(entry.subject()))
                        .filter(unit ->
                                roster.organisation().isWithin(unit.node(), person.user().node()))
                        .isPresent();
    }

    private boolean isVisible(Caller.Person person, JournalEntry entry) throws RecordUnavailable {
        for (var subject : entry.happening().subjects()) {
            if (isVisible(person, subject)) {
                return true;
            }
        }
        return person.may(Permission.AUDIT_READ) && entry.happening().subjects().isEmpty();
    }

    private boolean isVisible(Caller.Person person, Subject subject) throws RecordUnavailable {
        var user = person.user();
        var visibility = roster.visibility();
        return switch (subject.kind()) {
            case UNIT -> visibility.seesUnit(user, new UnitId(subject.id()), Aspect.ORDERS);
            case NODE -> visibility.sees(user.node(), new NodeId(subject.id()), Aspect.ORDERS);
            case CALL -> isGroupVisible(user, subject.id());
            case ORDER -> {
                Optional<Order> order = stores.orders().find(new OrderId(subject.id()));
                yield order.filter(found ->
                                visibility.seesOrder(
                                        user, found.placedBy().node(), found.assignees()))
                        .isPresent();
            }
            case INCIDENT, MEDIATION -> false; // shown through their node
        };
    }

    /// A closed group's talk stays readable for who saw the group.
    private boolean isGroupVisible(User user, String id) throws RecordUnavailable {
        if (groups.find(new GroupId(id)).isPresent()) {
            return groups.seenBy(user, id).isPresent();
        }
        return stores.madeGroups()
                .find(new GroupId(id))
                .map(MadeGroup::asTalkGroup)
                .filter(group -> roster.visibility().seesGroup(user, group))
                .isPresent();
    }

    private static Entry shown(JournalEntry entry) {
        var happening = entry.happening();
        return new Entry(
                entry.sequence(),
                happening.at(),
                happening.kind().name(),
                happening.actor() == null ? null : happening.actor().value(),
                happening.subjects().stream().map(RecordController::shown).toList(),
                happening.detail());
    }

    private static Looked shown(AuditEntry entry) {
        return new Looked(
                entry.at(),
                entry.kind().name(),
                entry.who(),
                entry.subject(),
                entry.remote(),
                entry.detail());
    }

    private static String shown(Subject subject) {
        return subject.kind().name().toLowerCase(Locale.ROOT) + ":" + subject.id();
    }
}
