package org.maplebridge.load.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.media.srtp.SrtpProfile;

/// Several servers, each with the same terminals, measured in turn in short windows, so that what
/// else happens on the machine meets all of them; those whose turn it is not rest.
///
/// A window in which a publisher fell behind its plan says more of the machine than of the server:
/// it is left out and repeated.
///
/// Thread: the bench's.
public final class CompareScenario {
    private static final int JOINING = 100;
    private static final long WARM_COMPILER_NANOS = 10_000_000;
    private static final int WARM_LOOK_MILLIS = 2_000;
    private static final double MAX_PUBLISHER_LATE_MILLIS = 50;
    private static final double MAX_LOSS_PERCENT = 0.01;
    private static final int TRIES_PER_WINDOW = 3;

    private final boolean quick;
    private final List<Contender> contenders;
    private final List<SrtpProfile> profiles;
    private final boolean feedback;
    private final List<Cell> cells = new ArrayList<>();
    private final Map<Contender, List<Double>> joins = new LinkedHashMap<>();
    private final Map<Contender, String> descriptions = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /// @param contenders the one that the others are compared with comes first
    public CompareScenario(
            boolean quick,
            List<Contender> contenders,
            List<SrtpProfile> profiles,
            boolean feedback) {
        this.quick = quick;
        this.contenders = List.copyOf(contenders);
        this.profiles = List.copyOf(profiles);
        this.feedback = feedback;
    }

    /// @param video receivers of one camera, empty for none
    /// @param voice receivers of one talker, empty for none
    public void run(List<Integer> video, List<Integer> voice, boolean rooms) {
        play(video.stream().map(receivers -> new Workload("video", receivers)).toList(), false);
        play(voice.stream().map(receivers -> new Workload("voice", receivers)).toList(), true);
        play(rooms ? List.of(Workload.rooms()) : List.of(), false);
    }

    private void play(List<Workload> works, boolean joining) {
        if (works.isEmpty()) {
            return;
        }
        var sides = new ArrayList<Side>();
        try {
            for (Contender contender : contenders) {
                var side = Side.start(contender, works.getFirst(), profiles, feedback);
                sides.add(side);
                descriptions.put(contender, side.server().describe());
            }
            for (Workload work : works) {
                measure(work, sides);
            }
            if (joining) {
                join(sides);
            }
        } catch (IOException e) {
            fault(works.getFirst().kind() + " broke off: " + e.getMessage());
        } finally {
            sides.forEach(Side::close);
        }
    }

    private void measure(Workload work, List<Side> sides) throws IOException {
        System.err.println("measuring " + work.label());
        var measured = new ArrayList<Cell>();
        for (Side side : sides) {
            side.fleet().resume();
            side.fleet().growTo(work.receivers());
            warmUp(side, "warm-" + work.key() + "-");
            side.fleet().pause();
            measured.add(new Cell(work, side.contender()));
        }
        int rounds = quick ? 3 : 7;
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < sides.size(); turn++) {
                int index = (round + turn) % sides.size();
                window(sides.get(index), measured.get(index));
            }
        }
        for (Cell cell : measured) {
            if (cell.windows().size() < rounds) {
                fault(
                        "%s, %s: only %d of %d windows in which the publisher kept to its plan"
                                .formatted(
                                        cell.contender().name(),
                                        work.label(),
                                        cell.windows().size(),
                                        rounds));
            }
        }
        cells.addAll(measured);
    }

    /// Until the server's compiler, if it has one, has little left to do; with more receivers than
    /// will be measured, so that it comes to an end sooner.
    private void warmUp(Side side, String name) throws IOException {
        pause(WARM_LOOK_MILLIS);
        if (compilerNanos(side) < WARM_COMPILER_NANOS) {
            return;
        }
        var more = side.more(name);
        try (more) {
            more.growTo(JOINING);
            int looks = quick ? 10 : 30;
            while (looks > 0 && compilerNanos(side) >= WARM_COMPILER_NANOS) {
                looks--;
            }
        }
        more.leave();
    }

    private static long compilerNanos(Side side) throws IOException {
        long before = side.server().figures().compilerNanos();
        pause(WARM_LOOK_MILLIS);
        return side.server().figures().compilerNanos() - before;
    }

    private void window(Side side, Cell cell) throws IOException {
        side.fleet().resume();
        pause(1_000);
        for (int i = 0; i < TRIES_PER_WINDOW; i++) {
            side.fleet().startWindow();
            long before = side.server().figures().cpuNanos();
            pause(quick ? 4_000 : 6_000);
            long cpu = side.server().figures().cpuNanos() - before;
            Fleet.Window window = side.fleet().endWindow();
            if (window.publisherLateNanos() / 1e6 <= MAX_PUBLISHER_LATE_MILLIS) {
                judge(cell, window);
                cell.add(cpu, window, side.server().figures().residentMebibytes());
                break;
            }
        }
        side.fleet().pause();
    }

    private void judge(Cell cell, Fleet.Window window) {
        String where = cell.contender().name() + ", " + cell.work().label() + ": ";
        if (window.silent() > 0) {
            fault(where + window.silent() + " receivers got nothing");
        }
        if (window.unopened() > 0) {
            fault(where + window.unopened() + " packets did not open");
        }
        double loss = 100.0 * window.missing() / Math.max(1, window.received() + window.missing());
        if (loss > MAX_LOSS_PERCENT) {
            fault(where + String.format(Locale.ROOT, "%.3f %% of the packets missing", loss));
        }
    }

    /// The first rounds are for warming up.
    private void join(List<Side> sides) throws IOException {
        System.err.println("measuring joins");
        int warming = quick ? 1 : 6;
        for (int round = 0; round < warming + 4; round++) {
            for (Side side : sides) {
                double millis = side.joinMillis("joins" + round + "-", JOINING);
                if (round >= warming) {
                    joins.computeIfAbsent(side.contender(), _ -> new ArrayList<>()).add(millis);
                }
            }
        }
    }

    private void fault(String text) {
        if (!faults.contains(text)) {
            faults.add(text);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public List<Contender> contenders() {
        return contenders;
    }

    public List<Cell> cells() {
        return List.copyOf(cells);
    }

    /// What each contender is.
    public Map<Contender, String> descriptions() {
        return Map.copyOf(descriptions);
    }

    /// Processor time of one join, milliseconds; not a number when none was measured.
    public double joinMillis(Contender contender) {
        return Cell.median(joins.getOrDefault(contender, List.of()));
    }

    /// Why the run must not be believed; empty when it may.
    public List<String> faults() {
        return List.copyOf(faults);
    }
}
