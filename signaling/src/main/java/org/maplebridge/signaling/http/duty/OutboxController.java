package org.maplebridge.signaling.http.duty;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.message.OutgoingMessage;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.MessageStore;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Messages that went to people outside, for the technician and the county's centre.
@RestController
public class OutboxController {
    private static final int MOST = 200;

    /// @param phone the last four of the number
    /// @param text as it was sent; absent while it waits
    public record MessageView(
            String id,
            String incident,
            String number,
            String node,
            String phone,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable Instant nextTryAt,
            @Nullable String text,
            @Nullable String failure) {}

    /// @param next to ask for what comes after; absent when that was all
    public record Page(List<MessageView> messages, @Nullable String next) {}

    private final MessageStore messages;
    private final Rooms rooms;

    public OutboxController(RecordStores record, Roster roster) {
        this.messages = record.messages();
        this.rooms = new Rooms(roster);
    }

    /// Newest first.
    @GetMapping("/api/outbox")
    Page outbox(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit)
            throws RecordUnavailable {
        boolean centre =
                rooms.isCentre(person)
                        && (person.may(Permission.COMMAND) || person.may(Permission.SUPERVISE));
        if (!centre) {
            Access.require(person, Permission.ADMIN);
        }
        if (before != null && !Ids.isValid(before)) {
            throw ApiProblem.malformed("before", "is no id");
        }
        int most = Access.limit(limit, MOST);
        var found = messages.list(before, most);
        return new Page(
                found.stream().map(OutboxController::shown).toList(),
                found.size() < most ? null : found.getLast().id());
    }

    private static MessageView shown(OutgoingMessage message) {
        boolean waits = message.state() == OutgoingMessage.State.WAITING;
        return new MessageView(
                message.id(),
                message.incident().value(),
                message.number(),
                message.node().value(),
                String.valueOf(new Origin.Reporter(null, message.phone()).masked().phone()),
                Words.of(message.state()),
                message.attempts(),
                message.createdAt(),
                message.sentAt(),
                waits ? message.nextTryAt() : null,
                message.text(),
                message.failure());
    }
}
