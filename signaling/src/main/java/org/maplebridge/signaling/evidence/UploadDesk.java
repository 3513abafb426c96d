package org.maplebridge.signaling.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Claim;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.evidence.EvidenceFault;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.EvidenceStore.Beginning;
import org.maplebridge.dispatch.store.EvidenceStore.Bounds;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.security.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one road of pictures and videos into the record, whoever sends them: announced, received
/// piece by piece, proved, given its place, written down, told. Who may send it was looked at
/// before.
///
/// Thread: any.
public final class UploadDesk {
    private static final Logger LOG = LoggerFactory.getLogger(UploadDesk.class);

    /// Three videos begun and lost within the time that they are waited for.
    private static final long UNFINISHED_OF_PAYER = 3 * EvidenceType.MOST_VIDEO_BYTES;

    /// Four pictures and one video.
    private static final int OF_CITIZEN = 5;

    private static final int OF_MATTER = 200;

    /// What one person brings to a mediation.
    private static final int OF_PARTICIPANT = 40;

    private static final int RECOVERED_AT_ONCE = 1_000;

    /// @param unfinishedFor how long something announced is waited for
    /// @param unfinishedBytes of all senders together
    /// @param reserveBytes of the disk that stay free, for the database beside it
    public record Limits(Duration unfinishedFor, long unfinishedBytes, long reserveBytes) {}

    private final EvidenceStore store;
    private final EvidenceFiles files;
    private final Inspection inspection;
    private final Turns turns = new Turns();
    private final Holders holders;
    private final Limits limits;
    private final Secrets secrets;
    private final Consumer<Evidence> arrived;
    private final InstantSource clock;

    /// @param arrived hears of each one after the record has it
    public UploadDesk(
            EvidenceStore store,
            EvidenceFiles files,
            Holders holders,
            Limits limits,
            Secrets secrets,
            Consumer<Evidence> arrived,
            InstantSource clock) {
        this.store = store;
        this.files = files;
        this.inspection = new Inspection(files);
        this.holders = holders;
        this.limits = limits;
        this.secrets = secrets;
        this.arrived = arrived;
        this.clock = clock;
    }

    /// When something that was begun now is not waited for any more.
    public Instant expiry(Evidence evidence) {
        return evidence.begunAt().plus(limits.unfinishedFor());
    }

    /// The same of the same sender again is answered by how far it is. One at a time, so that what
    /// one payer has unfinished is counted right.
    public synchronized Uploading begin(
            Claim.Said said, Evidence.About about, Evidence.Sender sender)
            throws RecordUnavailable, IOException {
        Optional<EvidenceFault> fault = Claim.fault(said);
        if (fault.isPresent()) {
            return new Uploading.Refused(fault.get());
        }
        if (Claim.of(said).type().isDocument() && about.table() == null) {
            return new Uploading.Refused(EvidenceFault.UNSUPPORTED_TYPE);
        }
        Instant now = clock.instant();
        var evidence =
                new Evidence(
                        new EvidenceId(secrets.id()),
                        about,
                        sender,
                        Claim.of(said),
                        holders.own(),
                        now,
                        null);
        if (files.room() - said.bytes() < limits.reserveBytes()) {
            return new Uploading.Refused(EvidenceFault.NO_ROOM);
        }
        return switch (store.begin(evidence, bounds(about, sender, now))) {
            case Beginning.Begun(Evidence begun) -> new Uploading.At(begun, 0, true);
            case Beginning.Known(Evidence known) -> where(known);
            case Beginning.TooMany _ -> new Uploading.Refused(EvidenceFault.TOO_MANY);
            case Beginning.TooMuch _ -> new Uploading.Refused(EvidenceFault.UNFINISHED);
            case Beginning.NoRoom _ -> new Uploading.Refused(EvidenceFault.NO_ROOM);
        };
    }

    private Bounds bounds(Evidence.About about, Evidence.Sender sender, Instant now) {
        int ofSource =
                about.table() != null
                        ? OF_PARTICIPANT
                        : sender.user() == null ? OF_CITIZEN : OF_MATTER;
        return new Bounds(
                ofSource,
                OF_MATTER,
                UNFINISHED_OF_PAYER,
                limits.unfinishedBytes(),
                now.minus(limits.unfinishedFor()));
    }

    /// How far it is. An older request that still brings bytes of it brings no more after this, and
    /// what a sudden end left undone is done now.
    public Uploading where(Evidence evidence) throws RecordUnavailable, IOException {
        Optional<Uploading> elsewhere = elsewhere(evidence);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        try (var turn = turns.take(evidence.id())) {
            long length = evidence.hasArrived() ? evidence.claim().bytes() : length(turn, evidence);
            return length < evidence.claim().bytes()
                    ? new Uploading.At(evidence, length, false)
                    : finish(turn, evidence);
        }
    }

    private long length(Turns.Turn turn, Evidence evidence) throws IOException {
        return turn.alone(() -> files.length(evidence));
    }

    private Optional<Uploading> elsewhere(Evidence evidence) {
        boolean here = evidence.hasArrived() || files.find(evidence).isPresent();
        return here ? Optional.empty() : holders.elsewhere(evidence).map(Uploading.Elsewhere::new);
    }

    /// Takes a piece. What has come of it when the line is lost is kept, unless the sender added it
    /// up.
    public Uploading append(Evidence evidence, Uploading.Piece piece)
            throws RecordUnavailable, IOException {
        Optional<Uploading> elsewhere = elsewhere(evidence);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        try (var turn = turns.take(evidence.id())) {
            long offset = evidence.hasArrived() ? evidence.claim().bytes() : length(turn, evidence);
            long left = evidence.claim().bytes() - offset;
            if (piece.offset() != offset) {
                return new Uploading.WrongOffset(offset);
            }
            if (piece.length() > left) {
                return new Uploading.Refused(EvidenceFault.TOO_LARGE);
            }
            if (left == 0) {
                return finish(turn, evidence);
            }
            return taken(turn, evidence, piece);
        }
    }

    private Uploading taken(Turns.Turn turn, Evidence evidence, Uploading.Piece piece)
            throws RecordUnavailable, IOException {
        long offset = piece.offset();
        long left = evidence.claim().bytes() - offset;
        long end;
        try (FileChannel file = files.open(evidence)) {
            file.position(offset);
            try {
                end =
                        offset
                                + EvidenceFiles.pour(
                                        piece.bytes(), file, left, piece.checksum(), turn);
            } catch (Line.Superseded e) {
                return new Uploading.Superseded();
            } catch (Line.TooLong e) {
                turn.write(() -> file.truncate(offset));
                return new Uploading.Refused(EvidenceFault.TOO_LARGE);
            } catch (Line.Lost e) {
                if (piece.checksum().isGiven()) {
                    turn.write(() -> file.truncate(offset));
                }
                return new Uploading.Superseded();
            }
            if (!piece.checksum().holds()) {
                turn.write(() -> file.truncate(offset));
                return new Uploading.WrongChecksum(offset);
            }
            file.force(false);
        }
        boolean headCame = offset < EvidenceType.HEAD_BYTES && end >= EvidenceType.HEAD_BYTES;
        if (headCame && !inspection.beginsRight(evidence)) {
            return turn.alone(() -> dropped(evidence, EvidenceFault.WRONG_TYPE));
        }
        return end < evidence.claim().bytes()
                ? new Uploading.At(evidence, end, false)
                : finish(turn, evidence);
    }

    /// All of it is here. Two requests that come to this at once come one after the other.
    private Uploading finish(Turns.Turn turn, Evidence evidence)
            throws RecordUnavailable, IOException {
        var outcome = turn.alone(() -> finished(evidence));
        if (outcome instanceof Kept(Evidence kept, boolean fresh)) {
            if (fresh) {
                arrived.accept(kept);
            }
            return new Uploading.At(kept, kept.claim().bytes(), false);
        }
        if (outcome instanceof Silent(RecordUnavailable silent)) {
            throw silent;
        }
        return ((Not) outcome).why();
    }

    private sealed interface Finished {}

    private record Kept(Evidence evidence, boolean fresh) implements Finished {}

    private record Not(Uploading why) implements Finished {}

    private record Silent(RecordUnavailable record) implements Finished {}

    private Finished finished(Evidence evidence) throws IOException {
        try {
            Optional<Evidence> known = store.find(evidence.id());
            if (known.isEmpty()) {
                return new Not(new Uploading.Unknown());
            }
            if (known.get().hasArrived()) {
                return new Kept(known.get(), false);
            }
            return proved(known.get());
        } catch (RecordUnavailable e) {
            return new Silent(e);
        }
    }

    private Finished proved(Evidence evidence) throws RecordUnavailable, IOException {
        var finding = inspection.whole(evidence, clock.instant());
        Evidence.@Nullable Arrival arrival = finding.arrival();
        if (arrival == null) {
            var fault = finding.fault();
            return new Not(dropped(evidence, fault == null ? EvidenceFault.WRONG_TYPE : fault));
        }
        files.keep(evidence);
        var whole = evidence.heldBy(holders.own()).arrived(arrival);
        return store.arrive(whole, EvidenceNote.of(whole))
                ? new Kept(whole, true)
                : new Not(new Uploading.Unknown());
    }

    private Uploading dropped(Evidence evidence, EvidenceFault fault) throws IOException {
        forget(evidence);
        return new Uploading.Refused(fault);
    }

    /// Its sender does not want it any more. What has arrived stays.
    public void giveUp(Evidence evidence) throws RecordUnavailable, IOException {
        if (evidence.hasArrived()) {
            return;
        }
        try (var turn = turns.take(evidence.id())) {
            var silent = turn.alone(() -> forget(evidence));
            if (silent.isPresent()) {
                throw silent.get();
            }
        }
    }

    /// The record first: a file that nobody knows is swept away, a row without a file would be
    /// waited for.
    private Optional<RecordUnavailable> forget(Evidence evidence) throws IOException {
        try {
            store.drop(evidence.id());
        } catch (RecordUnavailable e) {
            return Optional.of(e);
        }
        files.drop(evidence);
        return Optional.empty();
    }

    /// After a sudden end: what was all here is finished.
    public void recover() {
        try {
            for (Evidence evidence : store.unfinished(RECOVERED_AT_ONCE)) {
                if (files.length(evidence) == evidence.claim().bytes()) {
                    where(evidence);
                }
            }
        } catch (RecordUnavailable | IOException e) {
            LOG.warn("unfinished evidence is looked at when it is asked for", e);
        }
    }

    /// Forgets what was waited for in vain.
    public void round() {
        Instant before = clock.instant().minus(limits.unfinishedFor());
        try {
            int rows = store.dropUnfinished(before);
            int swept = files.sweep(before);
            if (rows + swept > 0) {
                LOG.info("gave up {} unfinished pieces of evidence, {} files", rows, swept);
            }
        } catch (IOException e) {
            LOG.error("unfinished evidence cannot be deleted", e);
        } catch (RecordUnavailable e) {
            LOG.warn("unfinished evidence is given up later", e);
        }
    }
}
