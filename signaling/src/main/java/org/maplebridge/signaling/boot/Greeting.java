package org.maplebridge.signaling.boot;

import java.util.List;

/// What a newcomer reads when the node is ready.
final class Greeting {
    private static final List<String[]> ACCOUNTS =
            List.of(
                    new String[] {"city", "市中心调度员 city centre"},
                    new String[] {"xinhe", "新河镇指挥室 town room"},
                    new String[] {"xinhe-police", "派出所指挥室 paired police room"},
                    new String[] {"car1, car2", "新河巡逻车 patrol cars"},
                    new String[] {"zeguo", "泽国镇指挥室 another town's room"},
                    new String[] {"mediator", "调解员 mediator"},
                    new String[] {"admin", "管理员 administrator"});

    private Greeting() {}

    static String text(String url, FirstStart.SignInHint hint) {
        var text = new StringBuilder("\n");
        line(text, "================================================================");
        line(text, " Maplebridge 枫桥 is ready: " + url);
        line(text, "");
        if (hint.demo()) {
            line(text, " Demo county. Sign in as one of");
            ACCOUNTS.forEach(account -> line(text, "   %-14s %s".formatted((Object[]) account)));
            line(text, " Password of all of them: " + password(hint));
            line(text, " Room: open " + url + " and sign in as xinhe.");
            line(text, " Car:  open it in a second tab or browser and sign in as car1.");
        } else {
            hint.password().ifPresent(_ -> line(text, " First sign-in: admin, " + password(hint)));
        }
        line(text, " Ctrl-C stops the node.");
        line(text, "================================================================");
        return text.toString();
    }

    private static String password(FirstStart.SignInHint hint) {
        return hint.password()
                .map(password -> password + "   (kept in " + hint.file() + ")")
                .orElse("as told at the first start, see " + hint.file());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
