package org.maplebridge.signaling.mediation.consultation;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.protocol.ConsultationNews.Consultation;
import org.maplebridge.signaling.protocol.ConsultationNews.MemberState;
import org.maplebridge.signaling.protocol.ExpertNews.RingState;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Meetings called together by one press: one at a time of each preset about each matter, however
/// many press. All members that are not there yet ring at once, and who had no device open then as
/// soon as one is; each press rings them again.
///
/// Thread: any. What members answered is kept in memory of this node, where they are rung; who sat
/// there stands in the journal.
public final class Consultations {
    private static final Logger LOG = LoggerFactory.getLogger(Consultations.class);

    /// Somebody else pressed in between.
    private static final int MOST_TRIES = 5;

    /// Of a meeting: coming, going, ringing.
    private static final int MOST_ENTRIES = 2_000;

    private static final int MOST_OPEN = 200;
    private static final int CODE_CHARS = 20;
    private static final int ID_CHARS = 24;

    private final MediationStore store;
    private final JournalStore journal;
    private final Tables tables;
    private final Invitations invitations;
    private final Rings rings;
    private final Roster roster;
    private final ConsultationNewsDesk news;
    private final Consumer<IncidentId> changed;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Map<MediationId, Map<UserId, MemberState>> answers = new ConcurrentHashMap<>();

    /// @param changed tells who sees an incident that there is more in its time line
    public Consultations(
            MediationStore store,
            JournalStore journal,
            Tables tables,
            Invitations invitations,
            Rings rings,
            Roster roster,
            ConsultationNewsDesk news,
            Consumer<IncidentId> changed,
            Secrets secrets,
            InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.tables = tables;
        this.invitations = invitations;
        this.rings = rings;
        this.roster = roster;
        this.news = news;
        this.changed = changed;
        this.secrets = secrets;
        this.clock = clock;
        tables.onComingAndGoing(this::tellSoon);
    }

    /// Calls it together, or rings again who is not there. That this one may was looked at before.
    ///
    /// @param about that the town's room has
    public Mediation call(User by, Preset preset, Optional<Incident> about)
            throws RecordUnavailable {
        var mediation = opened(by, preset, about);
        for (var member : preset.members()) {
            Optional<User> whom = roster.organisation().user(member);
            if (whom.isPresent() && !member.equals(by.id())) {
                ring(mediation, whom.get(), by);
            }
        }
        tellSoon(mediation.id());
        return mediation;
    }

    private Mediation opened(User by, Preset preset, Optional<Incident> about)
            throws RecordUnavailable {
        Optional<IncidentId> incident = about.map(Incident::id);
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Mediation> latest = store.latest(preset.id(), preset.town(), incident);
            if (latest.isPresent() && !latest.get().isOver()) {
                return latest.get();
            }
            var made = made(by, preset, about, latest);
            if (store.open(made, ConsultationJournal.called(made, by, made.createdAt()))) {
                incident.ifPresent(changed);
                return made;
            }
        }
        throw new IllegalStateException("a consultation is neither there nor to be opened");
    }

    /// Of all who press at once the first makes it: its id follows from the last one's. Who presses
    /// gets a place when they sit down.
    private Mediation made(
            User by, Preset preset, Optional<Incident> about, Optional<Mediation> latest) {
        var incident = about.map(one -> one.id().value()).orElse("");
        var before = latest.map(one -> one.id().value()).orElse("");
        var key = String.join("\n", preset.id(), preset.town().value(), incident, before);
        var hash = CaseRules.sha256(key.getBytes(StandardCharsets.UTF_8));
        var title = about.map(one -> preset.name().zh() + "：" + one.title());
        var mediation =
                Mediation.called(
                        new MediationId("c-" + hash.substring(0, ID_CHARS)),
                        about.map(Incident::id).orElse(null),
                        preset.id(),
                        preset.town(),
                        shortened(title.orElse(preset.name().zh())),
                        by.id(),
                        clock.instant());
        for (var member : preset.members()) {
            Optional<User> user = roster.organisation().user(member);
            if (user.isPresent()) {
                mediation = with(mediation, user.get());
            }
        }
        return mediation;
    }

    private static String shortened(String title) {
        return title.length() <= Mediation.TITLE_CHARS
                ? title
                : title.substring(0, Mediation.TITLE_CHARS);
    }

    private static Mediation with(Mediation mediation, User user) {
        return seated(mediation, user) instanceof Ruling.Allowed<Mediation>(Mediation next)
                ? next
                : mediation;
    }

    private static Ruling<Mediation> seated(Mediation mediation, User user) {
        return CaseRules.sit(mediation, user.name().zh(), user.id());
    }

    private void ring(Mediation mediation, User whom, User by) throws RecordUnavailable {
        if (isHere(mediation, whom.id())) {
            return;
        }
        Optional<Bar> bar = rings.ring(whom, new Call(this, mediation, by.name().zh()));
        if (bar.isPresent() && !rings.isRung(mediation.id(), whom.id())) {
            var state = bar.get() == Bar.NOT_PRESENT ? MemberState.ABSENT : MemberState.BUSY;
            of(mediation.id())
                    .merge(
                            whom.id(),
                            state,
                            (before, now) -> before == MemberState.RINGING ? before : now);
        }
    }

    /// A device of somebody has come: rings whom a press did not find, and nobody who was rung.
    /// Does not wait.
    public void came(User whom) {
        var missed =
                answers.entrySet().stream()
                        .filter(one -> one.getValue().get(whom.id()) == MemberState.ABSENT)
                        .map(Map.Entry::getKey)
                        .toList();
        if (!missed.isEmpty()) {
            Thread.ofVirtual()
                    .name("consultation")
                    .start(() -> missed.forEach(id -> ringLate(id, whom)));
        }
    }

    private void ringLate(MediationId id, User whom) {
        try {
            Optional<Mediation> found = find(id).filter(one -> !one.isOver());
            if (found.isEmpty()) {
                answers.remove(id); // it was ended at another node
                return;
            }
            Optional<User> by = roster.organisation().user(found.get().by());
            if (by.isPresent()) {
                ring(found.get(), whom, by.get());
                tell(id);
            }
        } catch (RecordUnavailable e) {
            LOG.warn("{} is not rung for {}: no database", whom.id(), id, e);
        }
    }

    private boolean isHere(Mediation mediation, UserId account) {
        return tables.of(mediation.id())
                .filter(table ->
                        table.mediation()
                                .ofAccount(account)
                                .filter(one -> table.rooms().of(one.id()).isPresent())
                                .isPresent())
                .isPresent();
    }

    /// In the record before it rings.
    void rings(Mediation mediation, User whom) throws RecordUnavailable {
        journal.append(ConsultationJournal.answered(mediation, whom, "rang", clock.instant()));
    }

    /// Must not wait: whoever rings holds everything that rings.
    void told(Mediation mediation, User whom, RingState state) {
        of(mediation.id()).put(whom.id(), MemberState.valueOf(state.name()));
        Thread.ofVirtual().name("consultation").start(() -> keep(mediation, whom, state));
    }

    private void keep(Mediation mediation, User whom, RingState state) {
        if (state == RingState.DECLINED || state == RingState.NO_ANSWER) {
            var what = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
            try {
                journal.append(
                        ConsultationJournal.answered(mediation, whom, what, clock.instant()));
            } catch (RecordUnavailable e) {
                LOG.warn("not in the journal: {} {} {}", mediation.id(), whom.id(), what, e);
            }
        }
        tell(mediation.id());
    }

    /// A link to the place that this account has, or gets.
    public Rings.Answered seat(MediationId id, User user) throws RecordUnavailable {
        Optional<Mediation> found = store.find(id);
        if (found.isEmpty() || found.get().isOver()) {
            return new Rings.Answered.Barred(Bar.MEDIATION_OVER);
        }
        Optional<Bar> bar =
                tables.change(found.get(), null, "member added", now -> seated(now, user));
        if (bar.isPresent()) {
            return new Rings.Answered.Barred(bar.get());
        }
        rings.stop(id, user.id()::equals);
        of(id).put(user.id(), MemberState.ACCEPTED);
        var now = store.find(id).orElseThrow();
        var made = invitations.invite(now, now.ofAccount(user.id()).orElseThrow().id(), user.id());
        return new Rings.Answered.Done("/mediation/join?straight=1#" + made.token());
    }

    /// Ends it for all. Who sat there is in the incident's time line when this returns.
    ///
    /// @return what stands against it
    public Optional<Bar> end(MediationId id, User by) throws RecordUnavailable {
        Optional<Mediation> found = store.find(id);
        if (found.isEmpty()) {
            return Optional.of(Bar.MEDIATION_OVER);
        }
        var now = clock.instant();
        var code = secrets.id().substring(0, CODE_CHARS).toUpperCase(Locale.ROOT);
        var entries = journal.latest(Subject.of(id), MOST_ENTRIES);
        Optional<Bar> bar =
                tables.end(
                        found.get(),
                        mediation -> CaseRules.endConsultation(mediation, code, now),
                        mediation -> ConsultationJournal.ended(mediation, by, entries, now));
        if (bar.isEmpty()) {
            rings.stop(id, _ -> true);
            @Nullable IncidentId incident = found.get().incident();
            if (incident != null) {
                changed.accept(incident);
            }
            tell(id);
            answers.remove(id);
        }
        return bar;
    }

    public Optional<Mediation> find(MediationId id) throws RecordUnavailable {
        return store.find(id).filter(Mediation::isConsultation);
    }

    /// Those that are not over.
    public List<Mediation> open() throws RecordUnavailable {
        return store.consultations(MOST_OPEN);
    }

    /// @param locale BCP 47 tag of who reads it
    public Consultation view(Mediation mediation, String locale) {
        return ConsultationView.of(
                mediation, roster.organisation(), memberStates(mediation), locale);
    }

    private Map<UserId, MemberState> memberStates(Mediation mediation) {
        var said = of(mediation.id());
        var now = new HashMap<UserId, MemberState>();
        for (var person : mediation.people()) {
            @Nullable UserId account = person.account();
            if (account == null) {
                continue;
            }
            if (isHere(mediation, account)) {
                now.put(account, MemberState.HERE);
                said.put(account, MemberState.AWAY); // once they leave
            } else {
                now.put(account, said.getOrDefault(account, MemberState.AWAY));
            }
        }
        return now;
    }

    private Map<UserId, MemberState> of(MediationId id) {
        return answers.computeIfAbsent(id, _ -> new ConcurrentHashMap<>());
    }

    private void tellSoon(MediationId id) {
        Thread.ofVirtual().name("consultation").start(() -> tell(id));
    }

    /// Everybody gets all of it, and the newest last.
    private synchronized void tell(MediationId id) {
        try {
            Optional<Mediation> found = find(id);
            if (found.isPresent()) {
                news.tell(found.get(), locale -> view(found.get(), locale));
            }
        } catch (RecordUnavailable e) {
            LOG.warn("nobody is told of {}: no database", id, e);
        }
    }
}
