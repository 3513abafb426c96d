package org.maplebridge.dispatch.incident;

/// How long something may take: so many minutes of every day, and then so many working days.
public record TimeLimit(int minutes, int workingDays) {
    private static final int MOST_MINUTES = 60 * 24 * 366;
    private static final int MOST_DAYS = 366;

    public TimeLimit {
        if (minutes < 0 || minutes > MOST_MINUTES || workingDays < 0 || workingDays > MOST_DAYS) {
            throw new IllegalArgumentException("not a time limit");
        }
        if (minutes == 0 && workingDays == 0) {
            throw new IllegalArgumentException("a time limit of nothing");
        }
    }
}
