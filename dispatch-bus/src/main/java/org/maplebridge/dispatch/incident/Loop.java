package org.maplebridge.dispatch.incident;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;

/// The closed loop in one county's wording: which steps there are, who answers for each, how long
/// it may take, and what has to be shown before it is left.
///
/// @param kinds of matter that walk this loop
/// @param mustAttend who has to come, and prove it, before a step that asks for it is left
/// @param village the session without which nothing is pushed up; absent where the rule does not
///   hold
/// @param jointSession whether a matter that nobody owns by the list is talked about before it is
///   handed on
/// @param callback what closes; absent where nobody is called back
public record Loop(
        String id,
        Name name,
        List<Step> steps,
        List<String> kinds,
        List<Post> mustAttend,
        @Nullable Post village,
        boolean jointSession,
        @Nullable CallbackRule callback) {
    private static final int MOST_STEPS = 20;

    public Loop {
        steps = List.copyOf(steps);
        kinds = List.copyOf(kinds);
        mustAttend = List.copyOf(mustAttend);
        Set<String> seen = new HashSet<>();
        if (!Ids.isValid(id) || steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a loop has an id and 1 to 20 steps: " + id);
        }
        for (Step step : steps) {
            if (!Ids.isValid(step.id()) || !seen.add(step.id())) {
                throw new IllegalArgumentException("a step's id is no id, or is there twice");
            }
        }
        if (steps.getFirst().state() == Incident.State.CLOSED) {
            throw new IllegalArgumentException("a loop does not begin with its end");
        }
        var shut = steps.stream().filter(step -> step.state() == Incident.State.CLOSED).toList();
        if (shut.size() > 1 || (!shut.isEmpty() && !shut.contains(steps.getLast()))) {
            throw new IllegalArgumentException("closing is one step, the last");
        }
    }

    /// @param limit how long it may take; absent for as long as it needs
    /// @param escalation how long after that it goes to a graver severity; absent for never
    /// @param evidence what has to be there before it is left
    public record Step(
            String id,
            Name name,
            Incident.State state,
            Owner owner,
            @Nullable TimeLimit limit,
            @Nullable TimeLimit escalation,
            Set<Evidence> evidence) {
        public Step {
            evidence = Set.copyOf(evidence);
        }
    }

    /// Who answers for a step.
    public enum Owner {
        /// The room that is responsible.
        OWNER,
        /// Every room that has taken it on.
        ROOMS,
        /// Who supervises, in the room that is responsible or above.
        SUPERVISOR,
        /// Who supervises, in the county's centre.
        CENTRE
    }

    public enum Evidence {
        /// Words about what was done.
        NOTE,
        /// All who must attend have come.
        ATTENDANCE,
        /// A picture or video of who handles it; what a citizen sent shows what was wrong.
        PICTURE
    }

    /// Somebody who has to come, or something that has to have taken place.
    public record Post(String id, Name name) {}

    /// @param noAnswers so many attempts without an answer stand for a call-back
    /// @param minutesApart when they are so far apart
    /// @param recorded whether an answer counts only with the conversation's recording
    public record CallbackRule(int noAnswers, int minutesApart, boolean recorded) {}

    /// The same where who reported it is called back through this system.
    Loop withRecordedCallBack() {
        return callback == null
                ? this
                : new Loop(
                        id,
                        name,
                        steps,
                        kinds,
                        mustAttend,
                        village,
                        jointSession,
                        new CallbackRule(callback.noAnswers(), callback.minutesApart(), true));
    }

    public Step first() {
        return steps.getFirst();
    }

    public Optional<Step> step(String step) {
        return steps.stream().filter(one -> one.id().equals(step)).findFirst();
    }

    /// What comes after, without the closing.
    Optional<Step> next(Step step) {
        int after = steps.indexOf(step) + 1;
        return after < steps.size() && steps.get(after).state() != Incident.State.CLOSED
                ? Optional.of(steps.get(after))
                : Optional.empty();
    }

    Optional<Step> before(Step step) {
        int index = steps.indexOf(step);
        return index > 0 ? Optional.of(steps.get(index - 1)) : Optional.empty();
    }

    /// Where an incident that was closed goes on.
    Step again() {
        return steps.stream()
                .filter(step -> step.state() == Incident.State.HANDLING)
                .findFirst()
                .orElse(first());
    }

    /// The step that closing is, or the last one where closing is none.
    Step last() {
        return steps.getLast();
    }

    /// Everybody and everything that can be shown to have been there.
    public List<Post> posts() {
        var all = new ArrayList<>(mustAttend);
        if (village != null) {
            all.add(village);
        }
        return all;
    }
}
