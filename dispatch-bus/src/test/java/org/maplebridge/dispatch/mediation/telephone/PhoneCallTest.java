package org.maplebridge.dispatch.mediation.telephone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Act;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Ending;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Report;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall.Stage;

class PhoneCallTest {
    @Test
    void whoAnswersAndAgreesByKeySits() {
        var call = reported(PhoneCall.placed(), Report.DIALLING, Report.RINGING, Report.ANSWERED);
        assertThat(call.stage()).isEqualTo(Stage.NOTICE);
        var notice = step(call.pressed('1', false));
        assertThat(notice.next().stage()).isEqualTo(Stage.RECORDING);
        assertThat(notice.acts()).as("nothing is agreed on before both").isEmpty();
        assertThat(step(notice.next().pressed('2', false)))
                .isEqualTo(
                        new PhoneCall.Step(
                                new PhoneCall(Stage.SEATED, null),
                                List.of(Act.RECORDING_NO, Act.AGREE, Act.SIT)));
    }

    @Test
    void whoDoesNotAgreeIsGone() {
        var step = step(PhoneCall.came().pressed('2', false));
        assertThat(step.next()).isEqualTo(new PhoneCall(Stage.OVER, Ending.REFUSED));
        assertThat(step.acts()).containsExactly(Act.REFUSE, Act.LEAVE);
        assertThat(bar(step.next().pressed('1', false))).isEqualTo(Bar.NO_SUCH_CALL);
    }

    @Test
    void keysMeanWhatTheyMeanAtTheTimeAndNothingElse() {
        for (char key : "03456789*#x".toCharArray()) {
            assertThat(bar(PhoneCall.came().pressed(key, true))).isEqualTo(Bar.NO_SUCH_KEY);
        }
        assertThat(bar(PhoneCall.placed().pressed('1', false))).isEqualTo(Bar.NOT_ANSWERED);
        var seated = new PhoneCall(Stage.SEATED, null);
        assertThat(bar(seated.pressed('1', false))).isEqualTo(Bar.NOBODY_ASKED);
        assertThat(step(seated.pressed('1', true)).acts()).containsExactly(Act.ANSWER_YES);
        assertThat(step(seated.pressed('2', true)).acts()).containsExactly(Act.ANSWER_NO);
        assertThat(step(seated.pressed('7', false)).acts()).containsExactly(Act.RECORDING_TURN);
        var back = step(seated.pressed('9', false));
        assertThat(back.acts()).containsExactly(Act.REFUSE);
        assertThat(back.next().stage()).as("asked again").isEqualTo(Stage.NOTICE);
    }

    @Test
    void whatAGatewaySaysTwiceChangesNothingAndWhatCannotBeIsRefused() {
        var ringing = reported(PhoneCall.placed(), Report.RINGING);
        assertThat(reported(ringing, Report.RINGING, Report.DIALLING)).isEqualTo(ringing);
        var answered = reported(ringing, Report.ANSWERED, Report.ANSWERED);
        assertThat(answered.stage()).isEqualTo(Stage.NOTICE);
        for (var late : List.of(Report.RINGING, Report.BUSY, Report.NO_ANSWER)) {
            assertThat(bar(answered.reported(late))).isEqualTo(Bar.ANSWERED_ALREADY);
        }
        assertThat(reported(ringing, Report.BUSY).ending()).isEqualTo(Ending.BUSY);
        assertThat(reported(ringing, Report.HUNG_UP).ending()).isEqualTo(Ending.NO_ANSWER);
        assertThat(reported(answered, Report.HUNG_UP).ending()).isEqualTo(Ending.HUNG_UP);
        assertThat(reported(ringing, Report.FAILED).ending()).isEqualTo(Ending.FAILED);
        assertThat(reported(answered, Report.FAILED).ending()).isEqualTo(Ending.LOST);
        var over = reported(ringing, Report.BUSY);
        for (var late : Report.values()) {
            assertThat(bar(over.reported(late))).isEqualTo(Bar.NO_SUCH_CALL);
        }
    }

    @Test
    void aCallThatDoesNotGoOnIsGivenUp() {
        var seated = new PhoneCall(Stage.SEATED, null);
        assertThat(PhoneCall.placed().due(PhoneCall.TAKE_UP, false)).isNull();
        assertThat(PhoneCall.placed().due(after(PhoneCall.TAKE_UP), false))
                .isEqualTo(Ending.GAVE_UP);
        var ringing = reported(PhoneCall.placed(), Report.RINGING);
        assertThat(ringing.due(PhoneCall.RING, false)).isNull();
        assertThat(ringing.due(after(PhoneCall.RING), false)).isEqualTo(Ending.NO_ANSWER);
        for (var stage : List.of(Stage.NOTICE, Stage.RECORDING)) {
            var asked = new PhoneCall(stage, null);
            assertThat(asked.due(PhoneCall.KEY, false)).isNull();
            assertThat(asked.due(after(PhoneCall.KEY), false)).isEqualTo(Ending.GAVE_UP);
        }
        assertThat(seated.due(after(PhoneCall.VOICE), false)).isEqualTo(Ending.LOST);
        assertThat(seated.due(Duration.ofHours(5), true)).as("they talk").isNull();
        var over = new PhoneCall(Stage.OVER, Ending.BUSY);
        assertThat(over.due(Duration.ofHours(5), false)).isNull();
    }

    private static Duration after(Duration bound) {
        return bound.plusMillis(1);
    }

    /// Whatever comes in whatever order: nobody sits without the key of this call, and whoever
    /// stops sitting is told to leave.
    @Test
    void nobodySitsWithoutAKeyOfThisCall() {
        var random = new Random(6);
        int sat = 0;
        for (int walk = 0; walk < 2_000; walk++) {
            var call = random.nextBoolean() ? PhoneCall.placed() : PhoneCall.came();
            int yes = 0;
            boolean sits = false;
            for (int i = 0; i < 30 && call.stage() != Stage.OVER; i++) {
                var before = call.stage();
                Ruling<PhoneCall.Step> ruling;
                if (random.nextInt(3) == 0) {
                    ruling = call.reported(Report.values()[random.nextInt(7)]);
                } else {
                    char key = "0123789*#".charAt(random.nextInt(9));
                    ruling = call.pressed(key, random.nextBoolean());
                    yes += before == Stage.NOTICE && key == '1' ? 1 : 0;
                }
                if (ruling
                        instanceof
                        Ruling.Allowed<PhoneCall.Step>(PhoneCall.Step(var next, var acts))) {
                    sits |= acts.contains(Act.SIT);
                    assertThat(acts.contains(Act.SIT)).isEqualTo(acts.contains(Act.AGREE));
                    boolean ends = next.stage() == Stage.OVER && before.isAnswered();
                    assertThat(acts.contains(Act.LEAVE) || !ends).isTrue();
                    call = next;
                }
            }
            assertThat(!sits || yes > 0).isTrue();
            sat += sits ? 1 : 0;
        }
        assertThat(sat).as("the walk goes there").isGreaterThan(100);
    }

    private static PhoneCall reported(PhoneCall call, Report... reports) {
        var now = call;
        for (var report : reports) {
            now = step(now.reported(report)).next();
        }
        return now;
    }

    private static PhoneCall.Step step(Ruling<PhoneCall.Step> ruling) {
        return ((Ruling.Allowed<PhoneCall.Step>) ruling).next();
    }

    private static Bar bar(Ruling<PhoneCall.Step> ruling) {
        return ((Ruling.Barred<PhoneCall.Step>) ruling).why();
    }
}
