package org.maplebridge.signaling.http.replay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.FileAnswer;
import org.maplebridge.signaling.http.evidence.EvidenceRights;
import org.maplebridge.signaling.http.mediation.MediationSight;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.recording.Pieces.About;
import org.maplebridge.signaling.security.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Plays pieces of recordings in a browser, which does that by itself and has only the address.
@RestController
public class PieceController {
    private static final String CACHING = "private, max-age=900";

    private final Pieces pieces;
    private final IncidentDesk incidents;
    private final MediationSight mediations;
    private final EvidenceTickets tickets;
    private final EvidenceRights rights;
    private final InstantSource clock;

    public PieceController(
            Pieces pieces,
            IncidentDesk incidents,
            MediationSight mediations,
            EvidenceTickets tickets,
            EvidenceRights rights,
            InstantSource clock) {
        this.pieces = pieces;
        this.incidents = incidents;
        this.mediations = mediations;
        this.tickets = tickets;
        this.rights = rights;
        this.clock = clock;
    }

    /// What the person may see is looked at each time.
    @GetMapping("/pieces/{id}")
    void play(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String ticket,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        Pieces.Made made = pieces.find(id).orElseThrow(PieceController::none);
        Caller.Person person =
                tickets.holder(PieceDesk.subject(id), ticket, clock.instant())
                        .flatMap(rights::person)
                        .orElseThrow(PieceController::none);
        Finisher.@Nullable Piece piece = made.piece();
        if (piece == null || !isVisible(person, made.asked().about())) {
            throw none();
        }
        var name = String.valueOf(piece.file().getFileName());
        var type = name.endsWith(".mp4") ? "video/mp4" : "video/webm";
        // Pages of other nodes play what this one has.
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        try (var file = FileChannel.open(piece.file())) {
            new FileAnswer(request, response, file, new FileAnswer.Content(id, name, type, CACHING))
                    .write();
        } catch (NoSuchFileException gone) {
            throw none();
        }
    }

    private boolean isVisible(Caller.Person person, About about) throws RecordUnavailable {
        return switch (about) {
            case About.Incident(var id) -> incidents.find(person, id).isPresent();
            case About.Sitting(var id) -> mediations.find(person, id.value()).isPresent();
        };
    }

    private static ApiProblem none() {
        return ApiProblem.notVisible("recording");
    }
}
