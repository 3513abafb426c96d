package org.maplebridge.dispatch.mediation.consultation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.PersonId;

/// Who sat at a table from when to when, out of who came and went.
///
/// Pure.
public final class Attendance {
    /// Somebody came, or went.
    public record Step(PersonId person, boolean came, Instant at) {}

    public record Span(PersonId person, Instant from, Instant until) {}

    private Attendance() {}

    /// A node that died notes nobody's going: who comes again after that has sat there all the
    /// time, and who never came again until the end.
    ///
    /// @param steps oldest first
    /// @param end when it was over for all
    /// @return by when they came
    public static List<Span> of(List<Step> steps, Instant end) {
        Map<PersonId, Instant> since = new HashMap<>();
        var spans = new ArrayList<Span>();
        for (var step : steps) {
            if (step.came()) {
                since.putIfAbsent(step.person(), step.at());
            } else {
                @Nullable Instant from = since.remove(step.person());
                if (from != null) {
                    spans.add(new Span(step.person(), from, step.at()));
                }
            }
        }
        since.forEach((person, from) -> spans.add(new Span(person, from, end)));
        spans.sort(java.util.Comparator.comparing(Span::from).thenComparing(Span::person));
        return spans;
    }
}
