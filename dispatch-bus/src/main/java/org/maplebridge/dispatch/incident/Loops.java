package org.maplebridge.dispatch.incident;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The loops of a county and the days on which their clocks run.
///
/// Pure, immutable.
public final class Loops {
    private final Map<String, Loop> byId = new LinkedHashMap<>();
    private final Map<String, Loop> byKind = new HashMap<>();
    private final Loop usual;
    private final WorkingCalendar calendar;

    /// @param loops the first is the usual one
    public Loops(List<Loop> loops, WorkingCalendar calendar) {
        if (loops.isEmpty()) {
            throw new IllegalArgumentException("no loop");
        }
        for (Loop loop : loops) {
            if (byId.put(loop.id(), loop) != null) {
                throw new IllegalArgumentException("two loops of one id: " + loop.id());
            }
            for (String kind : loop.kinds()) {
                if (byKind.put(kind, loop) != null) {
                    throw new IllegalArgumentException("two loops for one kind: " + kind);
                }
            }
        }
        usual = loops.getFirst();
        this.calendar = calendar;
    }

    /// The same for a county in which no answer counts without its recording.
    public Loops withRecordedCallBacks() {
        return new Loops(all().stream().map(Loop::withRecordedCallBack).toList(), calendar);
    }

    public List<Loop> all() {
        return List.copyOf(byId.values());
    }

    public WorkingCalendar calendar() {
        return calendar;
    }

    /// Of an incident; the usual one when its own is not known here any more.
    public Loop of(Incident incident) {
        return byId.getOrDefault(incident.standing().loop(), usual);
    }

    Loop forKind(@Nullable String kind) {
        return kind == null ? usual : byKind.getOrDefault(kind, usual);
    }
}
