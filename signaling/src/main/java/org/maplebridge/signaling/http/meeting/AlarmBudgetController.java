package org.maplebridge.signaling.http.meeting;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How many device alarms a seat is shown at once; the page folds the rest, and counts them.
@RestController
public class AlarmBudgetController {
    /// @param most within `minutes`
    public record Budget(int most, int minutes) {}

    private final Budget budget;

    public AlarmBudgetController(Budget budget) {
        this.budget = budget;
    }

    @GetMapping("/api/alarm-budget")
    Budget budget() {
        return budget;
    }
}
