package org.maplebridge.dispatch.message;

import org.jspecify.annotations.Nullable;

/// What a message of a result says, and when it is tried again.
///
/// Pure.
public final class ResultText {
    /// Of a result; more stands on the page that the link opens. Six parts of 67 signs are as many
    /// as gateways join.
    public static final int MAX_RESULT_CHARS = 200;

    public static final int MAX_ATTEMPTS = 10;

    private static final long FIRST_PAUSE_SECONDS = 30;
    private static final long LONGEST_PAUSE_SECONDS = 3_600;

    private ResultText() {}

    /// @param sender who signs it
    /// @param base address of the pages, without a slash at its end
    public static String of(OutgoingMessage message, String sender, String base) {
        var text = new StringBuilder();
        text.append('【').append(sender).append('】');
        text.append("您反映的事项（").append(message.number()).append("）已办结。");
        text.append("办理结果：").append(ended(shortened(message.result())));
        @Nullable String receipt = message.receipt();
        if (receipt != null) {
            text.append("请您评价：").append(base).append("/report/r/").append(receipt);
        }
        return text.toString();
    }

    /// Twice as long each time, up to an hour.
    ///
    /// @param attempts how many there have been
    public static long pauseSeconds(int attempts) {
        int doublings = Math.min(Math.max(attempts - 1, 0), 10);
        return Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS << doublings);
    }

    private static String shortened(String result) {
        var line = result.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= MAX_RESULT_CHARS) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, MAX_RESULT_CHARS - 1)) + "…";
    }

    /// A sentence ends before the next begins.
    private static String ended(String line) {
        boolean ends = !line.isEmpty() && "。！？.!?…".indexOf(line.charAt(line.length() - 1)) >= 0;
        return ends ? line : line + "。";
    }
}
