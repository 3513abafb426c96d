package org.maplebridge.signaling.replay;

import java.util.Map;

/// What stands in a time line, in words for people who have no page of ours before them.
///
/// Pure.
public final class TimelineWords {
    private static final Map<String, String> CHINESE =
            Map.ofEntries(
                    Map.entry("opened", "收到"),
                    Map.entry("accept", "接收"),
                    Map.entry("return", "退回"),
                    Map.entry("dispatch", "加派"),
                    Map.entry("advance", "转入下一步"),
                    Map.entry("back", "退回上一步"),
                    Map.entry("attend", "到场"),
                    Map.entry("callback", "回访"),
                    Map.entry("extend", "说明超时"),
                    Map.entry("close", "办结"),
                    Map.entry("reopen", "重新办理"),
                    Map.entry("severity", "调整级别"),
                    Map.entry("merge", "并入"),
                    Map.entry("unmerge", "取消并入"),
                    Map.entry("note", "记一笔"),
                    Map.entry("invite", "请会商"),
                    Map.entry("recall", "收回画面"),
                    Map.entry("ring", "呼叫"),
                    Map.entry("consult", "召集会商"),
                    Map.entry("consulted", "会商结束"),
                    Map.entry("confer", "联合会商"),
                    Map.entry("settle", "会商定案"),
                    Map.entry("expect", "要求到场"),
                    Map.entry("excuse", "不必到场"),
                    Map.entry("letter", "函件"),
                    Map.entry("escalate", "升级提醒"),
                    Map.entry("order", "下达指令"),
                    Map.entry("orderStep", "指令进度"),
                    Map.entry("burst", "讲话"),
                    Map.entry("evidenceAdded", "收到图片"),
                    Map.entry("groupMade", "建通话组"),
                    Map.entry("groupClosed", "撤通话组"),
                    Map.entry("reviewMarked", "讲评标记"),
                    Map.entry("reviewUnmarked", "取消讲评标记"),
                    Map.entry("incidentExported", "导出"),
                    Map.entry("finding", "发现"),
                    Map.entry("action", "待办"));

    private TimelineWords() {}

    /// @param word as the time line says it; one that is not known stands for itself
    public static String of(String word, String locale) {
        return locale.startsWith("zh") ? CHINESE.getOrDefault(word, word) : word;
    }
}
