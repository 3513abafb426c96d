package org.maplebridge.signaling.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.burst.Turn;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.burst.MissedBursts;
import org.maplebridge.signaling.burst.VoiceFiles;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was said, as the record has it, and its sound. Nobody hears without standing in the audit
/// first.
@RestController
public class BurstController {
    private static final int MOST = 500;
    private static final Duration LONGEST = Duration.ofDays(366);

    /// @param more whether older ones within the time asked for were left out
    public record Page(List<BurstNews.Burst> bursts, boolean more) {}

    /// @param complete whether nothing of the sound is missing
    /// @param listeners units that could hear it
    public record Spoken(
            BurstNews.Burst burst,
            List<String> calls,
            Severity tier,
            int priority,
            Turn.Result result,
            Instant requestedAt,
            Instant endedAt,
            BurstEnd end,
            boolean complete,
            @Nullable String incident,
            List<String> listeners) {}

    private final BurstStore bursts;
    private final MissedBursts missed;
    private final Hearing hearing;
    private final VoiceFiles files;
    private final Roster roster;
    private final Audit audit;
    private final InstantSource clock;

    public BurstController(
            BurstStore bursts,
            MissedBursts missed,
            Hearing hearing,
            VoiceFiles files,
            Roster roster,
            Audit audit,
            InstantSource clock) {
        this.bursts = bursts;
        this.missed = missed;
        this.hearing = hearing;
        this.files = files;
        this.roster = roster;
        this.audit = audit;
        this.clock = clock;
    }

    /// Newest first.
    @GetMapping("/api/bursts")
    Page bursts(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable String call,
            @RequestParam(required = false) @Nullable String unit,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "false") boolean missed,
            @RequestParam(defaultValue = "100") int limit)
            throws RecordUnavailable {
        Access.requireAny(person, Permission.TALK, Permission.AUDIT_READ);
        int size = Access.limit(limit, MOST);
        if (missed) {
            return missed(person, size);
        }
        var until = to == null ? clock.instant().plusSeconds(1) : to;
        var since = from == null ? until.minus(Duration.ofDays(1)) : from;
        if (!since.isBefore(until) || Duration.between(since, until).compareTo(LONGEST) > 0) {
            throw ApiProblem.malformed("from", "is not before to, by at most 366 days");
        }
        var found =
                bursts.list(
                        new BurstQuery(
                                hearing.reader(person),
                                call == null ? null : call(call),
                                unit == null ? null : unit(person, unit),
                                since,
                                until,
                                size + 1));
        var visible = found.stream().filter(b -> hearing.mayHear(person, b)).limit(size).toList();
        return new Page(shown(person, visible), found.size() > size);
    }

    private Page missed(Caller.Person person, int size) throws RecordUnavailable {
        @Nullable UnitId own = person.user().unit();
        var found = own == null ? List.<Burst>of() : missed.of(own, size);
        return new Page(
                hearing.shown(found, Set.of(), person.user(), person.user().locale()), false);
    }

    @GetMapping("/api/bursts/{id}")
    Spoken burst(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var burst = visible(person, id);
        var turn = burst.turn();
        return new Spoken(
                shown(person, List.of(burst)).getFirst(),
                burst.calls().stream().map(CallId::value).sorted().toList(),
                turn.tier(),
                turn.priority(),
                turn.result(),
                turn.requestedAt(),
                turn.endedAt(),
                turn.end(),
                burst.audio() != null && burst.audio().complete(),
                burst.incident() == null ? null : burst.incident().value(),
                burst.listeners().stream().map(UnitId::value).sorted().toList());
    }

    @GetMapping("/api/bursts/{id}/audio")
    void audio(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        var burst = visible(person, id);
        try (var sound = FileChannel.open(file(burst))) {
            String name = burst.id().value();
            var content =
                    new FileAnswer.Content(name, name + ".opus", "audio/ogg", "private, no-cache");
            var answer = new FileAnswer(request, response, sound, content);
            if (answer.isPlay()) {
                audit.begin(
                        AuditEntry.Kind.BURST_PLAYED,
                        person.account(),
                        burst.id().value(),
                        Map.of("call", burst.call().value()));
            }
            answer.write();
        } catch (NoSuchFileException forgotten) {
            throw noSound();
        }
    }

    private Path file(Burst burst) {
        return Optional.ofNullable(burst.audio())
                .flatMap(audio -> files.find(audio.file()))
                .orElseThrow(BurstController::noSound);
    }

    private static ApiProblem noSound() {
        return new ApiProblem(
                HttpStatus.NOT_FOUND, "no-sound", "The sound of this burst is not kept here.");
    }

    private Burst visible(Caller.Person person, String id) throws RecordUnavailable {
        Access.requireAny(person, Permission.TALK, Permission.AUDIT_READ);
        Optional<Burst> burst =
                Ids.isValid(id) ? bursts.find(new BurstId(id)) : Optional.<Burst>empty();
        return burst.filter(found -> hearing.mayHear(person, found))
                .orElseThrow(() -> ApiProblem.notVisible("burst"));
    }

    private List<BurstNews.Burst> shown(Caller.Person person, List<Burst> found)
            throws RecordUnavailable {
        var heard = bursts.heard(person.user().unit(), found.stream().map(Burst::id).toList());
        return hearing.shown(found, heard, person.user(), person.user().locale());
    }

    private static CallId call(String call) {
        if (!Ids.isValid(call)) {
            throw ApiProblem.malformed("call", "is no id");
        }
        return new CallId(call);
    }

    private UnitId unit(Caller.Person person, String unit) {
        return Access.visibleUnit(roster, person, unit, Aspect.UNITS).id();
    }
}
