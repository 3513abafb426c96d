package org.maplebridge.signaling.mediation.telephone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall;
import org.maplebridge.signaling.mediation.telephone.Announcement.Key;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableAsk;

/// What has to be spoken to a caller: what a page shows, for ears. Nothing of the matter is said
/// before they have agreed, since somebody else may have picked up. The gateway makes it a voice.
///
/// A change of these sentences is a new version of the text ([CaseRules#SPOKEN]).
///
/// Pure.
public final class CallWords {
    private static final List<Key> YES_OR_NO =
            List.of(
                    new Key(String.valueOf(PhoneCall.YES), "agree"),
                    new Key(String.valueOf(PhoneCall.NO), "refuse"));

    private static final List<Key> AT_TABLE =
            List.of(
                    new Key(String.valueOf(PhoneCall.TURN_RECORDING), "recording"),
                    new Key(String.valueOf(PhoneCall.TAKE_BACK), "takeBack"));

    private CallWords() {}

    /// @param name of who is called
    /// @param news what the caller may know of the table; absent while they do not sit at it
    public static Announcement of(PhoneCall call, String name, @Nullable MediationState news) {
        return switch (call.stage()) {
            case DIALLING, RINGING -> say("", "", List.of());
            case NOTICE ->
                    say(
                            "这里是云上调解，请 "
                                    + name
                                    + " 以电话参加一次调解。如果您不是 "
                                    + name
                                    + "，请挂机。调解不公开。在这里听到的，除法律另有规定外，不向外人说，也不自己录音。"
                                    + "同意保密请按1，不同意请按2。",
                            "This is online mediation. "
                                    + name
                                    + " is asked to take part in a mediation by telephone. If you"
                                    + " are not "
                                    + name
                                    + ", please hang up. Mediation is confidential: what you hear"
                                    + " here you tell nobody, unless the law says otherwise, and"
                                    + " do not record yourself. If you agree, press 1. If you do"
                                    + " not, press 2.",
                            YES_OR_NO);
            case RECORDING ->
                    say(
                            "调解可以录音，以便以后查证。在场每个人都同意才录；私下会谈不录，除非当场再次同意。"
                                    + "您可以不同意，也可以随时按7收回。同意录音请按1，不同意请按2。",
                            "The talk may be recorded, to be looked at later. It is when everybody"
                                    + " there agrees; private talks are not, unless you agree to it"
                                    + " there again. You may refuse, and press 7 at any time to take"
                                    + " it back. If you agree, press 1. If you do not, press 2.",
                            YES_OR_NO);
            case SEATED -> atTable(news);
            case OVER -> over(call, news);
        };
    }

    private static Announcement atTable(@Nullable MediationState news) {
        if (news == null) {
            return say("请稍等。", "Please wait.", AT_TABLE);
        }
        var zh = new StringBuilder();
        var en = new StringBuilder();
        switch (news.room()) {
            case "waiting" -> {
                zh.append("请稍等，调解员会请您入席。现在没有人听得到您。");
                en.append("Please wait, the mediator will let you in. Nobody hears you now.");
            }
            case "joint" -> {
                zh.append("您在共同调解。");
                en.append("You are in the joint talk.");
            }
            default -> {
                zh.append("现在是私下会谈，另一方听不到。");
                en.append("This is a private talk: the other side does not hear it.");
            }
        }
        if (!news.room().equals("waiting")) {
            zh.append(news.recorded() ? "正在录音。" : "没有录音。");
            en.append(news.recorded() ? " It is being recorded." : " It is not being recorded.");
        }
        boolean read = news.texts().stream().anyMatch(text -> text.readBack() != null);
        if (read) {
            zh.append("文书由调解员念给您听。电话上不能签名，请以后打开链接签，或到场签。");
            en.append(
                    " The mediator reads the paper to you. Nobody signs by telephone: sign later by"
                            + " a link, or where the mediator is.");
        }
        TableAsk ask = news.ask();
        if (ask == null || ask.agreed()) {
            return say(zh.toString(), en.toString(), AT_TABLE);
        }
        zh.append(ask.by()).append(" 想把这次私下会谈录下来。同意请按1，不同意请按2。");
        en.append(" ")
                .append(ask.by())
                .append(" wants to record this private talk. To agree press 1, to refuse press 2.");
        var keys = new ArrayList<>(YES_OR_NO);
        keys.addAll(AT_TABLE);
        return say(zh.toString(), en.toString(), keys);
    }

    private static Announcement over(PhoneCall call, @Nullable MediationState news) {
        if (call.ending() == PhoneCall.Ending.REFUSED) {
            return say(
                    "没有同意保密，不能参加。再见。",
                    "Without agreeing you cannot take part. Goodbye.",
                    List.of());
        }
        return news != null && news.outcome() != null
                ? say(
                        "调解已经结束。电话上不能签名，需要您签名的，调解员会与您联系。再见。",
                        "The mediation is over. Nobody signs by telephone: the mediator will call"
                                + " on you where you have to sign. Goodbye.",
                        List.of())
                : say("通话结束。再见。", "The call is over. Goodbye.", List.of());
    }

    private static Announcement say(String zh, String en, List<Key> keys) {
        return new Announcement(CaseRules.SPOKEN, zh, en, keys);
    }
}
