package org.maplebridge.signaling.http;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Loop;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.SeverityPolicy;
import org.maplebridge.dispatch.incident.TimeLimit;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.scene.Words;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The rules that incidents follow: their loops, and what each severity means.
@RestController
public class LoopController {
    record Clock(int minutes, int workingDays) {}

    record StepRule(String id, Name name, String state, Loop.Owner owner, @Nullable Clock clock) {}

    record LoopRule(String id, Name name, List<StepRule> steps) {}

    private final LoopWorkflow workflow;

    public LoopController(LoopWorkflow workflow) {
        this.workflow = workflow;
    }

    /// The usual one first.
    @GetMapping("/api/loops")
    List<LoopRule> loops() {
        return workflow.loops().all().stream()
                .map(loop ->
                        new LoopRule(
                                loop.id(),
                                loop.name(),
                                loop.steps().stream().map(LoopController::rule).toList()))
                .toList();
    }

    /// From grave to mild.
    @GetMapping("/api/severities")
    List<SeverityPolicy> severities() {
        return Arrays.stream(Severity.values())
                .map(SeverityPolicy::of)
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .toList();
    }

    private static StepRule rule(Loop.Step step) {
        @Nullable TimeLimit limit = step.limit();
        return new StepRule(
                step.id(),
                step.name(),
                Words.of(step.state()),
                step.owner(),
                limit == null ? null : new Clock(limit.minutes(), limit.workingDays()));
    }
}
