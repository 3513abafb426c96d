package org.maplebridge.signaling.http.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.recording.Mark;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.burst.VoiceFiles;
import org.maplebridge.signaling.evidence.EvidenceFiles;
import org.maplebridge.signaling.http.IncidentTimeline.Entry;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.replay.SealedPackage;
import org.maplebridge.signaling.replay.TimelinePage;
import org.maplebridge.signaling.replay.TimelinePage.Media;
import org.maplebridge.signaling.replay.TimelinePage.Row;
import org.maplebridge.signaling.replay.TimelineWords;
import org.maplebridge.signaling.replay.Ways;
import org.maplebridge.signaling.replay.chain.JournalProofs.Wanted;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// What lies in a package: gathered with the rights of one person, and written file by file.
///
/// Thread: any; reads files for as long as it takes.
public final class ExportFiles {
    /// Everything that has to be asked for, before the first byte leaves.
    ///
    /// @param locale of who asks
    record Contents(
            TimelinePage.Head head,
            List<Entry> lines,
            List<Burst> bursts,
            List<Evidence> pictures,
            List<Mark> marks,
            List<TrackPiece> tracks,
            String locale) {}

    private final RecordStores record;
    private final VoiceFiles voices;
    private final EvidenceFiles pictures;
    private final Cast cast;
    private final Ways ways;
    private final Hearing hearing;
    private final Roster roster;
    private final TimelinePage page;
    private final InstantSource clock;

    public ExportFiles(
            RecordStores record,
            VoiceFiles voices,
            EvidenceFiles pictures,
            Cast cast,
            Ways ways,
            Hearing hearing,
            Roster roster,
            TimelinePage page,
            InstantSource clock) {
        this.record = record;
        this.voices = voices;
        this.pictures = pictures;
        this.cast = cast;
        this.ways = ways;
        this.hearing = hearing;
        this.roster = roster;
        this.page = page;
        this.clock = clock;
    }

    Contents gathered(Caller.Person person, Dossier dossier, List<Entry> lines)
            throws RecordUnavailable {
        var incident = dossier.incident();
        var bursts =
                record.bursts().about(incident.id(), ExportController.MOST).reversed().stream()
                        .filter(Burst::isWords)
                        .filter(burst -> hearing.mayHear(person, burst))
                        .toList();
        var locale = person.user().locale();
        return new Contents(
                new TimelinePage.Head(
                        incident.number() + " " + incident.title(),
                        incident.place() + " · " + incident.openedAt(),
                        locale),
                lines,
                bursts,
                record.evidence().about(incident.id(), ExportController.MOST),
                record.marks().of(incident.id(), ExportController.MOST),
                tracks(person, dossier),
                locale);
    }

    private List<TrackPiece> tracks(Caller.Person person, Dossier dossier)
            throws RecordUnavailable {
        if (!Cast.followsUnits(person)) {
            return List.of();
        }
        var units = cast.of(person, dossier).units().stream().map(Unit::id).toList();
        @Nullable Instant closed = dossier.incident().closedAt();
        return ways.between(
                units, dossier.incident().openedAt(), closed == null ? clock.instant() : closed);
    }

    /// Entries about the incident, about orders on its time line, and of the talk that is in it.
    static List<Wanted> wanted(IncidentId incident, Contents contents) {
        var bursts = new TreeSet<String>();
        var calls = new LinkedHashSet<CallId>();
        for (Burst burst : contents.bursts()) {
            bursts.add(burst.id().value());
            calls.add(burst.call());
        }
        var orders = new LinkedHashSet<OrderId>();
        for (Entry line : contents.lines()) {
            @Nullable String order = line.details().get("order");
            if (order != null && Ids.isValid(order)) {
                orders.add(new OrderId(order));
            }
        }
        var wanted = new ArrayList<Wanted>();
        wanted.add(new Wanted(Subject.of(incident), _ -> true));
        orders.forEach(order -> wanted.add(new Wanted(Subject.of(order), _ -> true)));
        calls.forEach(
                call -> wanted.add(new Wanted(Subject.of(call), entry -> isOf(entry, bursts))));
        return wanted;
    }

    private static boolean isOf(WrittenEntry entry, Set<String> bursts) {
        return entry.kind().equals(JournalKind.SPOKEN.name())
                && entry.detail()
                        .lines()
                        .anyMatch(line ->
                                line.startsWith("burst=")
                                        && bursts.contains(line.substring("burst=".length())));
    }

    void write(SealedPackage zip, Contents contents) throws IOException {
        zip.addVerifier();
        Map<String, Media> sounds = new HashMap<>();
        for (Burst burst : contents.bursts()) {
            String name = "voice/" + burst.id() + ".opus";
            if (isAdded(zip, name, sound(burst))) {
                sounds.put(burst.id().value(), new Media(Media.Kind.SOUND, name));
            }
        }
        var rows = new ArrayList<Row>();
        for (Evidence picture : contents.pictures()) {
            var type = picture.claim().type();
            String name = "evidence/" + picture.id() + "." + type.suffix();
            if (isAdded(zip, name, pictures.find(picture))) {
                var kind = type.isVideo() ? Media.Kind.VIDEO : Media.Kind.PICTURE;
                rows.add(row(picture, new Media(kind, name), contents.locale()));
            }
        }
        for (Entry line : contents.lines()) {
            @Nullable String burst = line.details().get("burst");
            rows.add(row(line, burst == null ? null : sounds.get(burst), contents.locale()));
        }
        for (Mark mark : contents.marks()) {
            String kind = TimelineWords.of(Words.of(mark.kind()), contents.locale());
            String who = name(mark.by(), contents.locale());
            rows.add(new Row(mark.at(), who, kind + ": " + mark.text(), null));
        }
        rows.sort(Comparator.comparing(Row::at));
        zip.add("journal.txt", journal(contents.lines()));
        zip.add("tracks.txt", tracks(contents.tracks()));
        zip.add("timeline.html", page.html(contents.head(), rows, contents.tracks()));
    }

    /// What is kept elsewhere or no more is not in it; its line in the journal is.
    private static boolean isAdded(SealedPackage zip, String name, Optional<Path> file)
            throws IOException {
        return file.isPresent() && zip.add(name, file.get());
    }

    private Optional<Path> sound(Burst burst) {
        return Optional.ofNullable(burst.audio()).flatMap(audio -> voices.find(audio.file()));
    }

    private Row row(Evidence picture, Media media, String locale) {
        Evidence.@Nullable Arrival arrival = picture.arrival();
        @Nullable UserId by = picture.sender().user();
        return new Row(
                arrival == null ? picture.begunAt() : arrival.at(),
                by == null ? "" : name(by, locale),
                "SHA-256 " + picture.claim().sha256(),
                media);
    }

    private static Row row(Entry line, @Nullable Media media, String locale) {
        @Nullable String text = line.text();
        String kind = TimelineWords.of(line.kind(), locale);
        @Nullable String who = line.who();
        return new Row(
                line.at(), who == null ? "" : who, text == null ? kind : kind + ": " + text, media);
    }

    /// One line each, for machines and for whoever wants to know all of it.
    private static String journal(List<Entry> lines) {
        return lines.stream()
                .map(line ->
                        String.join(
                                "\t",
                                line.at().toString(),
                                line.kind(),
                                String.valueOf(line.who()),
                                String.valueOf(line.seat()),
                                String.valueOf(line.text()).replaceAll("\\s+", " "),
                                line.details().toString().replaceAll("\\s+", " ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String tracks(List<TrackPiece> pieces) {
        return pieces.stream()
                .map(piece -> piece.unit() + " " + piece.from() + " " + piece.points())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String name(UserId user, String locale) {
        return roster.organisation()
                .user(user)
                .map(User::name)
                .map(name -> name.in(locale))
                .orElse(user.value());
    }
}
