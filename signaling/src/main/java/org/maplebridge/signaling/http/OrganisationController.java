package org.maplebridge.signaling.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Node;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The part of the command tree that somebody sees.
@RestController
public class OrganisationController {
    public record GroupView(
            String id, String name, String kind, String node, List<String> members) {}

    public record Tree(List<Node> nodes, List<GroupView> groups) {}

    private final Roster roster;
    private final Groups talkGroups;

    public OrganisationController(Roster roster, Groups talkGroups) {
        this.roster = roster;
        this.talkGroups = talkGroups;
    }

    @GetMapping("/api/organisation")
    Tree organisation(@AuthenticationPrincipal Caller.Person person) {
        var user = person.user();
        var organisation = roster.organisation();
        var nodes =
                organisation.nodes().stream()
                        .filter(node ->
                                roster.visibility().sees(user.node(), node.id(), Aspect.UNITS)
                                        || organisation.isWithin(user.node(), node.id()))
                        .map(node -> {
                            @Nullable NodeId parent = node.parent();
                            return new Node(
                                    node.id().value(),
                                    node.name().in(user.locale()),
                                    Words.of(node.kind()),
                                    parent == null ? null : parent.value());
                        })
                        .toList();
        var groups =
                talkGroups.seenBy(user).stream()
                        .map(group ->
                                new GroupView(
                                        group.id().value(),
                                        group.name().in(user.locale()),
                                        Words.of(group.kind()),
                                        group.node().value(),
                                        group.members().stream()
                                                .map(Object::toString)
                                                .sorted()
                                                .toList()))
                        .toList();
        return new Tree(nodes, groups);
    }
}
