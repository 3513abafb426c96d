package org.maplebridge.signaling.mediation.telephone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Ending;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Stage;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationMessage.TextKind;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableAsk;
import org.maplebridge.signaling.protocol.MediationNews.TableRole;
import org.maplebridge.signaling.protocol.MediationNews.TableText;

class CallWordsTest {
    private static final PhoneCall SEATED = new PhoneCall(Stage.SEATED, null);

    @Test
    void beforeTheKeyTheyAreToldTheirNameAndNothingOfTheMatter() {
        var state = state("joint", true, null, false, null);
        for (var stage : List.of(Stage.NOTICE, Stage.RECORDING)) {
            var say = CallWords.of(new PhoneCall(stage, null), "张某", state);
            assertThat(say.zh() + say.en()).doesNotContain("院墙").contains("请按1", "press 1");
            assertThat(say.version()).isEqualTo(CaseRules.SPOKEN);
            assertThat(say.keys()).extracting(Announcement.Key::key).containsExactly("1", "2");
        }
        assertThat(CallWords.of(PhoneCall.came(), "张某", null).zh()).contains("张某");
        assertThat(CallWords.of(PhoneCall.placed(), "张某", null).zh()).isEmpty();
    }

    @Test
    void atTheTableTheyAreToldWhereTheyAreAndWhetherItIsRecorded() {
        assertThat(zh("waiting", false)).contains("没有人听得到您").doesNotContain("录音");
        assertThat(zh("joint", true)).contains("共同调解", "正在录音");
        assertThat(zh("joint", false)).contains("没有录音");
        assertThat(zh("p2", false)).contains("私下会谈");
        var asked = CallWords.of(SEATED, "张某", state("p2", false, false, false, null));
        assertThat(asked.zh()).contains("王调解员 想把这次私下会谈录下来");
        assertThat(asked.keys())
                .extracting(Announcement.Key::key)
                .containsExactly("1", "2", "7", "9");
        var agreed = CallWords.of(SEATED, "张某", state("p2", false, true, false, null));
        assertThat(agreed.zh()).doesNotContain("录下来");
    }

    @Test
    void thatNobodySignsByTelephoneIsSaidWhereOneWould() {
        assertThat(CallWords.of(SEATED, "张某", state("joint", false, null, true, null)).zh())
                .contains("电话上不能签名");
        var over = new PhoneCall(Stage.OVER, Ending.ENDED);
        var end = state("waiting", false, null, false, MediationOutcome.AGREED);
        assertThat(CallWords.of(over, "张某", end).zh()).contains("调解已经结束", "不能签名");
        assertThat(CallWords.of(new PhoneCall(Stage.OVER, Ending.REFUSED), "张某", null).zh())
                .contains("不能参加");
    }

    private static String zh(String room, boolean recorded) {
        return CallWords.of(SEATED, "张某", state(room, recorded, null, false, null)).zh();
    }

    private static MediationState state(
            String room,
            boolean recorded,
            @Nullable Boolean agreed,
            boolean read,
            @Nullable MediationOutcome outcome) {
        var text =
                new TableText(
                        TextKind.AGREEMENT, 1, "院墙", "h", read ? Instant.EPOCH : null, List.of());
        return new MediationState(
                "m-1",
                "院墙纠纷",
                false,
                "p2",
                TableRole.PARTY,
                room,
                false,
                null,
                List.of(),
                List.of(),
                recorded,
                agreed == null ? null : new TableAsk("王调解员", agreed),
                List.of(),
                List.of(text),
                CaseRules.TEXTS,
                outcome,
                null);
    }
}
