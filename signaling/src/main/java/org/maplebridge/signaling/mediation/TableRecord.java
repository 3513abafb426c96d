package org.maplebridge.signaling.mediation;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.mediation.MediationStore.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the record keeps of one mediation that goes on, and what its journal says of its table.
///
/// Thread: any, guarded by its table.
final class TableRecord {
    private static final Logger LOG = LoggerFactory.getLogger(TableRecord.class);

    /// A change that another node made to the same mediation was read in between.
    private static final int MOST_TRIES = 3;

    private final MediationStore store;
    private final JournalStore journal;
    private final InstantSource clock;
    private final Runnable changed;
    private Mediation mediation;

    /// @param changed is told when the record has another one
    TableRecord(
            Mediation mediation,
            MediationStore store,
            JournalStore journal,
            InstantSource clock,
            Runnable changed) {
        this.mediation = mediation;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        this.changed = changed;
    }

    Mediation mediation() {
        return mediation;
    }

    /// @param read from the record just now
    void read(Mediation read) {
        if (read.version() > mediation.version()) {
            mediation = read;
        }
    }

    /// @return what stands against it
    Optional<Bar> change(@Nullable PersonId by, String what, Table.Change change)
            throws RecordUnavailable {
        for (int i = 0; i < MOST_TRIES; i++) {
            switch (change.apply(mediation)) {
                case Ruling.Barred<Mediation>(Bar why) -> {
                    return Optional.of(why);
                }
                case Ruling.Allowed<Mediation>(Mediation next) -> {
                    if (next.equals(mediation) || kept(by, what, next)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(Bar.TEXT_CHANGED);
    }

    private boolean kept(@Nullable PersonId by, String what, Mediation next)
            throws RecordUnavailable {
        var happening =
                happening(mediation, JournalKind.MEDIATION_CHANGED, by, Map.of("what", what));
        return taken(store.save(mediation, next, happening));
    }

    /// What was signed is not made anew: a change in between stands against it.
    Optional<Bar> end(
            PersonId by,
            Table.Change change,
            Function<Mediation, Document> document,
            Optional<String> seal)
            throws RecordUnavailable {
        switch (change.apply(mediation)) {
            case Ruling.Barred<Mediation>(Bar why) -> {
                return Optional.of(why);
            }
            case Ruling.Allowed<Mediation>(Mediation next) -> {
                var outcome = String.valueOf(next.end() == null ? null : next.end().outcome());
                var paper = document.apply(next);
                var happening =
                        happening(
                                next,
                                JournalKind.MEDIATION_ENDED,
                                by,
                                detail(outcome, paper, seal));
                return taken(store.end(mediation, next, paper, happening))
                        ? Optional.empty()
                        : Optional.of(Bar.TEXT_CHANGED);
            }
        }
    }

    /// Without a paper.
    Optional<Bar> end(Table.Change change, Function<Mediation, Happening> happening)
            throws RecordUnavailable {
        for (int i = 0; i < MOST_TRIES; i++) {
            switch (change.apply(mediation)) {
                case Ruling.Barred<Mediation>(Bar why) -> {
                    return Optional.of(why);
                }
                case Ruling.Allowed<Mediation>(Mediation next) -> {
                    if (taken(store.save(mediation, next, happening.apply(next)))) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(Bar.TEXT_CHANGED);
    }

    private static Map<String, String> detail(
            String outcome, Document paper, Optional<String> seal) {
        var detail = new HashMap<>(Map.of("outcome", outcome, "sha256", paper.hash()));
        seal.ifPresent(hash -> detail.put("seal", hash));
        return detail;
    }

    private boolean taken(Optional<Mediation> kept) throws RecordUnavailable {
        if (kept.isEmpty()) {
            mediation = store.find(mediation.id()).orElse(mediation);
            return false;
        }
        mediation = kept.get();
        changed.run();
        return true;
    }

    void note(JournalKind kind, PersonId person, Map<String, String> detail)
            throws RecordUnavailable {
        journal.append(happening(mediation, kind, person, detail));
    }

    /// Something that was done at the table and changed nothing there.
    ///
    /// @param at as it was then: this one waits for the record without the table
    void note(Mediation at, String what, Map<String, String> detail, PersonId person)
            throws RecordUnavailable {
        var more = new HashMap<>(detail);
        more.put("what", what);
        journal.append(happening(at, JournalKind.MEDIATION_CHANGED, person, more));
    }

    /// Coming and going is so whether the record answers or not.
    void noteAsMayBe(JournalKind kind, PersonId person, Map<String, String> detail) {
        try {
            note(kind, person, detail);
        } catch (RecordUnavailable e) {
            LOG.warn("not in the journal: {} of {} {}", detail, mediation.id(), person, e);
        }
    }

    private Happening happening(
            Mediation of, JournalKind kind, @Nullable PersonId person, Map<String, String> detail) {
        return MediationJournal.of(of, kind, person, clock.instant(), detail);
    }
}
