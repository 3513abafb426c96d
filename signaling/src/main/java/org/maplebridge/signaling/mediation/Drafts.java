package org.maplebridge.signaling.mediation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.Writing;

/// The county's texts for minutes, agreements and for what is said when none was reached, with what
/// is known filled in. They are written in Chinese: that is what is signed.
///
/// Pure.
public final class Drafts {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy年M月d日HH时mm分", Locale.CHINA)
                    .withZone(ZoneId.of("Asia/Shanghai"));

    private Drafts() {}

    public static String of(Writing.Kind kind, Mediation mediation, Instant now) {
        return switch (kind) {
            case MINUTES -> minutes(mediation, now);
            case AGREEMENT -> agreement(mediation, now);
            case NO_AGREEMENT -> noAgreement(mediation, now);
        };
    }

    public static String title(Writing.Kind kind) {
        return switch (kind) {
            case MINUTES -> "调解笔录";
            case AGREEMENT -> "调解协议书";
            case NO_AGREEMENT -> "调解终止书";
        };
    }

    private static String minutes(Mediation mediation, Instant now) {
        return """
        时间：%s
        方式：%s
        参加人：
        %s
        事由：%s

        经过：

        结果：
        """
                .formatted(
                        MOMENT.format(now), way(mediation), people(mediation), mediation.matter());
    }

    private static String agreement(Mediation mediation, Instant now) {
        return """
        %s
        纠纷主要事实、争议事项：
        %s

        经调解，自愿达成如下协议：
        一、
        二、

        履行方式、期限：

        本协议自各方当事人签名之日起生效，各执一份。
        %s
        """
                .formatted(people(mediation), mediation.matter(), MOMENT.format(now));
    }

    private static String noAgreement(Mediation mediation, Instant now) {
        return """
        %s
        纠纷主要事实、争议事项：
        %s

        经调解，各方未能达成协议，调解终止。当事人可以依法通过仲裁、行政、司法途径维护自己的权利。
        %s
        """
                .formatted(people(mediation), mediation.matter(), MOMENT.format(now));
    }

    private static String people(Mediation mediation) {
        return mediation.people().stream()
                .map(person ->
                        role(person.role())
                                + "："
                                + person.name()
                                + masked(person)
                                + (mediation.wasByTelephone(person.id()) ? "（电话参加）" : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String way(Mediation mediation) {
        return byTelephone(mediation).isEmpty() ? "视频调解" : "视频调解，部分参加人以电话参加";
    }

    /// Names of who took part by telephone, as papers say it.
    public static String byTelephone(Mediation mediation) {
        return mediation.people().stream()
                .filter(person -> mediation.wasByTelephone(person.id()))
                .map(Person::name)
                .collect(Collectors.joining("、"));
    }

    private static String masked(Person person) {
        var identity = person.identity();
        return identity == null ? "" : "（" + identity.masked() + "）";
    }

    public static String role(Person.Role role) {
        return switch (role) {
            case MEDIATOR -> "调解员";
            case CLERK -> "记录人";
            case PARTY -> "当事人";
            case AGENT -> "代理人";
            case EXPERT -> "专家";
            case INTERPRETER -> "翻译";
            case OBSERVER -> "旁听人";
            case MEMBER -> "参会人";
        };
    }
}
