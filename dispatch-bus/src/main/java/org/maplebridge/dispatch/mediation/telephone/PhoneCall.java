package org.maplebridge.dispatch.mediation.telephone;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.Ruling.Allowed;
import org.maplebridge.dispatch.mediation.Ruling.Barred;

/// One telephone call of one person. Nobody sits at the table by telephone before they have agreed
/// to confidentiality by a key of this very call, whatever they agreed to before: somebody else may
/// have picked it up. So before that there is nothing at the relay that could be heard.
///
/// Pure, immutable. Gateways repeat themselves: what was said already changes nothing.
///
/// @param ending of a call that is over
public record PhoneCall(Stage stage, @Nullable Ending ending) {
    public enum Stage {
        /// Wanted, not ringing yet.
        DIALLING,
        RINGING,
        /// Answered; the caller is asked for confidentiality.
        NOTICE,
        /// … and whether they may be recorded.
        RECORDING,
        /// At the table.
        SEATED,
        OVER;

        public boolean isAnswered() {
            return this == NOTICE || this == RECORDING || this == SEATED;
        }
    }

    /// Why it is over.
    public enum Ending {
        BUSY,
        NO_ANSWER,
        /// The gateway could not place it.
        FAILED,
        /// No gateway took it up, or nobody pressed a key for too long.
        GAVE_UP,
        /// They did not agree to confidentiality.
        REFUSED,
        /// By who was called.
        HUNG_UP,
        /// By who leads, or with the mediation.
        ENDED,
        /// Its voice or its gateway is gone.
        LOST,
        /// They came by their page.
        MOVED
    }

    /// What a gateway says of a call.
    public enum Report {
        DIALLING,
        RINGING,
        ANSWERED,
        BUSY,
        NO_ANSWER,
        FAILED,
        HUNG_UP
    }

    /// What has to be done before the call is at its next stage, in this order.
    public enum Act {
        /// To confidentiality: of the person, from the moment they sit here by this call.
        AGREE,
        /// Of who sits here by this call; of anybody else it is noted, and changes nothing.
        REFUSE,
        RECORDING_YES,
        RECORDING_NO,
        /// The other of both.
        RECORDING_TURN,
        /// To the mediator's wish to record a private talk.
        ANSWER_YES,
        ANSWER_NO,
        SIT,
        LEAVE
    }

    public record Step(PhoneCall next, List<Act> acts) {}

    /// Until a gateway takes it up and it rings.
    static final Duration TAKE_UP = Duration.ofSeconds(20);

    static final Duration RING = Duration.ofSeconds(90);

    /// Until a key is pressed: the words take a minute.
    static final Duration KEY = Duration.ofMinutes(3);

    /// Until a voice is connected, or again after it was lost.
    static final Duration VOICE = Duration.ofSeconds(20);

    public static final char YES = '1';
    public static final char NO = '2';

    /// At the table: agrees to be recorded, or not any more.
    public static final char TURN_RECORDING = '7';

    /// At the table: takes the consent to confidentiality back, and so is in the waiting room.
    public static final char TAKE_BACK = '9';

    public static PhoneCall placed() {
        return new PhoneCall(Stage.DIALLING, null);
    }

    /// Somebody called, and had a code.
    public static PhoneCall came() {
        return new PhoneCall(Stage.NOTICE, null);
    }

    public Ruling<Step> reported(Report report) {
        if (stage == Stage.OVER) {
            return new Barred<>(Bar.NO_SUCH_CALL);
        }
        return switch (report) {
            case DIALLING -> before(Stage.NOTICE, at(Stage.DIALLING));
            case RINGING -> before(Stage.NOTICE, at(Stage.RINGING));
            case ANSWERED -> stage.isAnswered() ? same() : to(at(Stage.NOTICE));
            case BUSY -> before(Stage.NOTICE, over(Ending.BUSY));
            case NO_ANSWER -> before(Stage.NOTICE, over(Ending.NO_ANSWER));
            case FAILED -> ended(stage.isAnswered() ? Ending.LOST : Ending.FAILED);
            case HUNG_UP -> ended(stage.isAnswered() ? Ending.HUNG_UP : Ending.NO_ANSWER);
        };
    }

    /// @param asked whether the private talk they are in is asked to be recorded
    public Ruling<Step> pressed(char key, boolean asked) {
        return switch (stage) {
            case NOTICE ->
                    switch (key) {
                        case YES -> to(at(Stage.RECORDING));
                        case NO -> to(over(Ending.REFUSED), Act.REFUSE, Act.LEAVE);
                        default -> new Barred<>(Bar.NO_SUCH_KEY);
                    };
            case RECORDING ->
                    switch (key) {
                        case YES -> to(at(Stage.SEATED), Act.RECORDING_YES, Act.AGREE, Act.SIT);
                        case NO -> to(at(Stage.SEATED), Act.RECORDING_NO, Act.AGREE, Act.SIT);
                        default -> new Barred<>(Bar.NO_SUCH_KEY);
                    };
            case SEATED -> pressedAtTable(key, asked);
            case DIALLING, RINGING -> new Barred<>(Bar.NOT_ANSWERED);
            case OVER -> new Barred<>(Bar.NO_SUCH_CALL);
        };
    }

    private Ruling<Step> pressedAtTable(char key, boolean asked) {
        return switch (key) {
            case YES -> asked ? to(this, Act.ANSWER_YES) : new Barred<>(Bar.NOBODY_ASKED);
            case NO -> asked ? to(this, Act.ANSWER_NO) : new Barred<>(Bar.NOBODY_ASKED);
            case TURN_RECORDING -> to(this, Act.RECORDING_TURN);
            case TAKE_BACK -> to(at(Stage.NOTICE), Act.REFUSE);
            default -> new Barred<>(Bar.NO_SUCH_KEY);
        };
    }

    /// It ends by somebody's will or by itself.
    public Ruling<Step> ended(Ending why) {
        return stage == Stage.OVER ? new Barred<>(Bar.NO_SUCH_CALL) : to(over(why), Act.LEAVE);
    }

    /// What a call comes to that does not go on.
    ///
    /// @param since how long it is as it is
    /// @param connected whether its voice stands
    /// @return nothing as long as it may go on
    public @Nullable Ending due(Duration since, boolean connected) {
        return switch (stage) {
            case DIALLING -> since.compareTo(TAKE_UP) > 0 ? Ending.GAVE_UP : null;
            case RINGING -> since.compareTo(RING) > 0 ? Ending.NO_ANSWER : null;
            case NOTICE, RECORDING -> since.compareTo(KEY) > 0 ? Ending.GAVE_UP : null;
            case SEATED -> !connected && since.compareTo(VOICE) > 0 ? Ending.LOST : null;
            case OVER -> null;
        };
    }

    private Ruling<Step> before(Stage later, PhoneCall next) {
        return stage.compareTo(later) < 0
                ? to(stage.compareTo(next.stage) > 0 ? this : next)
                : new Barred<>(Bar.ANSWERED_ALREADY);
    }

    private Ruling<Step> same() {
        return to(this);
    }

    private static Ruling<Step> to(PhoneCall next, Act... acts) {
        return new Allowed<>(new Step(next, List.of(acts)));
    }

    private static PhoneCall at(Stage stage) {
        return new PhoneCall(stage, null);
    }

    private static PhoneCall over(Ending why) {
        return new PhoneCall(Stage.OVER, why);
    }
}
