package org.maplebridge.signaling.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.session.Drain;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The nodes of the county, and emptying the one that is asked.
@RestController
public class NodeController {
    /// An hour is more than any upgrade waits.
    private static final int MOST_SECONDS = 3_600;

    public record Wanted(@Nullable Integer deadlineSeconds) {}

    /// @param self name of the node that answers
    public record Nodes(String self, List<ServerNode> nodes, Drain.Progress drain) {}

    private final Drain drain;
    private final NodeBoard nodes;
    private final String self;
    private final Audit audit;

    public NodeController(Drain drain, NodeBoard nodes, String self, Audit audit) {
        this.drain = drain;
        this.nodes = nodes;
        this.self = self;
        this.audit = audit;
    }

    @GetMapping("/api/nodes")
    Nodes list(@AuthenticationPrincipal Caller.Person person) {
        Access.require(person, Permission.ADMIN);
        return new Nodes(self, nodes.shown(), drain.progress());
    }

    @PostMapping("/api/nodes/self/drain")
    ResponseEntity<Drain.Progress> drain(
            @AuthenticationPrincipal Caller.Person person, @RequestBody Wanted wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        @Nullable Integer seconds = wanted.deadlineSeconds();
        if (seconds == null || seconds < 1 || seconds > MOST_SECONDS) {
            throw ApiProblem.malformed("deadlineSeconds", "must be 1 to " + MOST_SECONDS);
        }
        audit.begin(
                AuditEntry.Kind.NODE_DRAINED,
                person.account(),
                self,
                Map.of("deadlineSeconds", seconds.toString()));
        refuse(drain.begin(seconds));
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(drain.progress());
    }

    @DeleteMapping("/api/nodes/self/drain")
    Drain.Progress undo(@AuthenticationPrincipal Caller.Person person) throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        audit.begin(AuditEntry.Kind.NODE_KEPT, person.account(), self, Map.of());
        refuse(drain.undo());
        return drain.progress();
    }

    private static void refuse(Drain.Outcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case ALREADY -> throw conflict("draining", "This node is being emptied already.");
            case NOT_DRAINING -> throw conflict("not-draining", "This node is not being emptied.");
            case NOWHERE_TO_GO ->
                    throw conflict("no-other-node", "There is no other node that is up.");
        }
    }

    private static ApiProblem conflict(String code, String detail) {
        return new ApiProblem(HttpStatus.CONFLICT, code, detail);
    }
}
