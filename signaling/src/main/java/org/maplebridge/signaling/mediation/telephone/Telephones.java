package org.maplebridge.signaling.mediation.telephone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Ending;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Stage;
import org.maplebridge.dispatch.mediation.telephone.PhoneNumber;
import org.maplebridge.dispatch.mediation.telephone.TelephoneRules;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.protocol.MediationNews.TableCall;
import org.maplebridge.signaling.security.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port to the telephone network: calls that gateways are to place, and what they say of them.
/// Gateways ask for all calls as they stand and are answered when that is another than they have
/// seen, so nothing is lost with an answer. The first one that takes a call up has it.
///
/// Thread: any; the list is guarded by this, each call's steps by its own turn. Neither the table
/// nor the record is asked while the list is held.
public final class Telephones {
    /// All that a gateway has to know.
    ///
    /// @param seen to be sent with the next question
    public record Calls(long seen, List<TelephoneLine.View> calls) {}

    /// What became of somebody who called.
    public sealed interface Came {
        record In(TelephoneLine line) implements Came {}

        record Barred(Bar why) implements Came {}
    }

    /// A gateway that has not asked for so long is gone, and its calls with it.
    static final long GATEWAY_NANOS = Duration.ofSeconds(45).toNanos();

    /// So long a call that is over is told of, with its last words.
    private static final long OVER_NANOS = Duration.ofSeconds(60).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Telephones.class);

    private final CallSteps steps;
    private final Sealing sealing;
    private final Secrets secrets;
    private final LongSupplier nanoClock;
    private final Map<String, TelephoneLine> lines = new LinkedHashMap<>();
    private final Map<String, Long> gateways = new HashMap<>();
    private long version = 1;
    private boolean closing;

    public Telephones(CallSteps steps, Sealing sealing, Secrets secrets, LongSupplier nanoClock) {
        this.steps = steps;
        this.sealing = sealing;
        this.secrets = secrets;
        this.nanoClock = nanoClock;
    }

    /// @return what stands against it
    public Optional<Bar> dial(Attendant by, Table table, PersonId whom) throws RecordUnavailable {
        var mediation = table.mediation();
        Optional<Bar> bar = TelephoneRules.barToDial(mediation, by.participant().person(), whom);
        if (bar.isPresent()) {
            return bar;
        }
        var person = mediation.person(whom).orElseThrow();
        Optional<PhoneNumber> number = number(mediation, person);
        if (number.isEmpty()) {
            return Optional.of(Bar.BAD_NUMBER);
        }
        var line = line(mediation.id(), person, number.get().value(), PhoneCall.placed());
        @Nullable Bar against = begin(line, true);
        if (against != null) {
            return Optional.of(against);
        }
        try {
            table.note("dialled", Map.of("whom", whom.value()), by);
        } catch (RecordUnavailable e) {
            forget(line);
            throw e;
        }
        list(line);
        return Optional.empty();
    }

    /// Somebody called and had a code.
    public Came came(String key, Mediation mediation, Person person) {
        var line = line(mediation.id(), person, null, PhoneCall.came());
        line.claim(key);
        @Nullable Bar against = begin(line, false);
        if (against != null) {
            return new Came.Barred(against);
        }
        list(line);
        return new Came.In(line);
    }

    /// Whether there is a call to them, or of theirs, now.
    public boolean isCalled(MediationId mediation, PersonId person) {
        return all().stream()
                .anyMatch(line ->
                        isOn(line)
                                && line.participant().mediation().equals(mediation)
                                && line.participant().person().equals(person));
    }

    private Optional<PhoneNumber> number(Mediation mediation, Person person) {
        return Optional.ofNullable(person.phone())
                .flatMap(sealed -> sealing.open(sealed, Sealing.phonesOf(mediation.id())))
                .flatMap(PhoneNumber::of);
    }

    private TelephoneLine line(
            MediationId mediation, Person person, @Nullable String number, PhoneCall call) {
        var id = secrets.id();
        return new TelephoneLine(
                id,
                mediation,
                person.id(),
                person.name(),
                number,
                call,
                nanoClock.getAsLong(),
                this::changed,
                () -> Thread.ofVirtual().name("telephone").start(() -> end(id, Ending.MOVED)));
    }

    private synchronized @Nullable Bar begin(TelephoneLine line, boolean needsGateway) {
        long now = nanoClock.getAsLong();
        if (needsGateway
                && gateways.values().stream().noneMatch(asked -> now - asked < GATEWAY_NANOS)) {
            return Bar.NO_GATEWAY;
        }
        if (lines.values().stream().anyMatch(one -> isSame(one, line) && isOn(one))) {
            return Bar.CALLED_ALREADY;
        }
        lines.put(line.id(), line);
        return null;
    }

    private static boolean isSame(TelephoneLine one, TelephoneLine other) {
        return one.participant().account().equals(other.participant().account());
    }

    private static boolean isOn(TelephoneLine line) {
        return line.call().stage() != Stage.OVER;
    }

    private synchronized void forget(TelephoneLine line) {
        lines.remove(line.id());
        changed();
    }

    private void list(TelephoneLine line) {
        line.list();
        changed();
        steps.tell(line);
    }

    /// @return what stands against it
    public Optional<Bar> hangUp(Attendant by, Table table, PersonId whom) throws RecordUnavailable {
        Optional<Bar> bar = TelephoneRules.barToLead(table.mediation(), by.participant().person());
        if (bar.isPresent()) {
            return bar;
        }
        Optional<TelephoneLine> line =
                all().stream()
                        .filter(one -> one.participant().mediation().equals(table.mediation().id()))
                        .filter(one -> one.participant().person().equals(whom) && isOn(one))
                        .findFirst();
        if (line.isEmpty()) {
            return Optional.of(Bar.NO_SUCH_CALL);
        }
        end(line.get().id(), Ending.ENDED);
        table.note("hung up", Map.of("whom", whom.value()), by);
        return Optional.empty();
    }

    /// All calls that this gateway has or may take up, as soon as they are others than it has seen,
    /// or when it has waited long enough.
    ///
    /// @param seen of the last answer; any other number is answered at once
    public synchronized Calls calls(String key, long seen, Duration wait)
            throws InterruptedException {
        gateways.put(key, nanoClock.getAsLong());
        long until = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos();
                version == seen && left > 0 && !closing;
                left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return new Calls(
                version,
                lines.values().stream()
                        .filter(TelephoneLine::isListed)
                        .filter(line -> line.gateway() == null || key.equals(line.gateway()))
                        .filter(line -> isOn(line) || line.gateway() != null)
                        .map(TelephoneLine::view)
                        .toList());
    }

    /// @return nothing when there is no such call of this gateway
    public Optional<TelephoneLine> find(String key, String id) {
        @Nullable TelephoneLine line = line(id);
        return Optional.ofNullable(line)
                .filter(TelephoneLine::isListed)
                .filter(one -> one.gateway() == null || key.equals(one.gateway()));
    }

    private synchronized @Nullable TelephoneLine line(String id) {
        return lines.get(id);
    }

    /// @return what stands against it
    public Optional<Bar> reported(TelephoneLine line, String key, PhoneCall.Report report)
            throws RecordUnavailable {
        boolean over = !isOn(line);
        if (over && report == PhoneCall.Report.HUNG_UP) {
            forget(line);
            return Optional.empty();
        }
        if (!line.claim(key)) {
            return Optional.of(Bar.NO_SUCH_CALL);
        }
        return step(line, () -> line.call().reported(report));
    }

    /// One key after the other; what comes after one that means nothing is not looked at.
    ///
    /// @return what stands against the first of them that means nothing
    public Optional<Bar> pressed(TelephoneLine line, String keys) throws RecordUnavailable {
        for (char key : keys.toCharArray()) {
            Optional<Bar> bar = step(line, () -> line.call().pressed(key, CallSteps.isAsked(line)));
            if (bar.isPresent()) {
                return bar;
            }
        }
        return Optional.empty();
    }

    private Optional<Bar> step(TelephoneLine line, Supplier<Ruling<PhoneCall.Step>> what)
            throws RecordUnavailable {
        line.turn.lock();
        try {
            return steps.take(line, what.get(), nanoClock.getAsLong());
        } finally {
            line.turn.unlock();
            changed();
        }
    }

    private void end(String id, Ending why) {
        @Nullable TelephoneLine line = line(id);
        if (line == null) {
            return;
        }
        try {
            step(line, () -> line.call().ended(why));
        } catch (RecordUnavailable e) {
            LOG.warn("{} ends without a note: no database", line.session(), e);
        }
    }

    /// A key of a gateway is good no more.
    public void revoked(String key) {
        synchronized (this) {
            gateways.remove(key);
        }
        all().stream()
                .filter(line -> key.equals(line.gateway()))
                .forEach(line -> end(line.id(), Ending.LOST));
    }

    /// The node goes down: no gateway waits any more, and calls end before their voices do.
    public void close() {
        synchronized (this) {
            closing = true;
        }
        all().forEach(line -> end(line.id(), Ending.LOST));
        changed();
    }

    /// Its voice stands at the relay.
    public void connected(TelephoneLine line, boolean on) {
        line.connected(on, nanoClock.getAsLong());
        changed();
    }

    /// Asked every few seconds: calls that nobody takes up, answers or goes on with.
    public void tick() {
        long now = nanoClock.getAsLong();
        for (var line : all()) {
            @Nullable Ending due = due(line, now);
            if (due != null) {
                end(line.id(), due);
            } else if (!isOn(line) && now - line.sinceNanos() > OVER_NANOS) {
                forget(line);
            }
        }
    }

    private @Nullable Ending due(TelephoneLine line, long now) {
        if (!isOn(line)) {
            return null;
        }
        if (isGone(line.gateway(), now)) {
            return Ending.LOST;
        }
        var news = line.news();
        if (news != null && news.outcome() != null) {
            return Ending.ENDED;
        }
        return line.call().due(Duration.ofNanos(now - line.sinceNanos()), line.isConnected());
    }

    private synchronized boolean isGone(@Nullable String key, long now) {
        if (key == null) {
            return false;
        }
        @Nullable Long asked = gateways.get(key);
        return asked == null || now - asked >= GATEWAY_NANOS;
    }

    private synchronized List<TelephoneLine> all() {
        return new ArrayList<>(lines.values());
    }

    private synchronized void changed() {
        version++;
        notifyAll();
    }

    /// As who leads is told of a call.
    static TableCall word(PhoneCall call) {
        return switch (call.stage()) {
            case DIALLING -> TableCall.DIALLING;
            case RINGING -> TableCall.RINGING;
            case NOTICE, RECORDING -> TableCall.NOTICE;
            case SEATED -> TableCall.SEATED;
            case OVER ->
                    TableCall.valueOf(
                            String.valueOf(call.ending() == null ? Ending.ENDED : call.ending()));
        };
    }
}
