package org.maplebridge.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.intake.Likeness.Matter;
import org.maplebridge.dispatch.intake.Likeness.Why;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;

class LikenessTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final GeoPoint GATE = new GeoPoint(28.3700, 121.3800);
    private static final GeoPoint NEAR_THE_GATE = new GeoPoint(28.3708, 121.3802);
    private static final GeoPoint FAR = new GeoPoint(28.4000, 121.3800);

    private final Matter quarrel =
            matter("a", "挖掘机泥印弄脏院子，双方争吵", "长屿村12号", GATE, 0, "138 0000 1111");

    @Test
    void theSameMatterInOtherWordsIsSuggestedWithTheReasons() {
        var again = matter("b", "挖掘机把院子弄脏了，双方在争吵", "长屿", NEAR_THE_GATE, 20, "13900000000");

        var suggested = Likeness.suggest(quarrel, List.of(again, quarrel), 5);

        assertThat(suggested)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.matter()).isEqualTo(again);
                    assertThat(one.why()).containsExactlyInAnyOrder(Why.PLACE, Why.TIME, Why.TEXT);
                    assertThat(one.score()).isBetween(0.5, 1.0);
                });
    }

    @Test
    void theSamePersonAtTheSamePlaceIsSuggestedWhateverTheySay() {
        var other = matter("b", "还没有人来", "长屿村12号", null, 40, "+86-13800001111");
        assertThat(Likeness.suggest(quarrel, List.of(other), 5))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.why())
                                .containsExactlyInAnyOrder(Why.PLACE, Why.TIME, Why.PERSON));
    }

    @Test
    void anotherMatterNextDoorAndTheSameWordsElsewhereAreNot() {
        var lamp = matter("b", "路灯连续三夜不亮", "长屿村12号", GATE, 5, "13700000000");
        var elsewhere = matter("c", "挖掘机泥印弄脏院子，双方争吵", "松门渔港", FAR, 600, "13700000001");
        assertThat(Likeness.suggest(quarrel, List.of(lamp, elsewhere), 5)).isEmpty();
    }

    @Test
    void theMostAlikeComesFirstAndNoMoreThanAsked() {
        var half = matter("b", "挖掘机弄脏院子", "长屿村12号", GATE, 10, "");
        var same = matter("c", "挖掘机泥印弄脏院子，双方争吵", "长屿村12号", GATE, 10, "");
        assertThat(Likeness.suggest(quarrel, List.of(half, same), 5))
                .extracting(one -> one.matter().id().value())
                .containsExactly("c", "b");
        assertThat(Likeness.suggest(quarrel, List.of(half, same), 1)).hasSize(1);
    }

    @Test
    void theSameForCertainIsTheSameWordsOfTheSamePlaceWhateverTheMarksAndWidths() {
        var one = Likeness.fingerprint(report("烟感报警!", "B3 库", "大溪工业区", "daxi"));
        assertThat(Likeness.fingerprint(report("烟感报警", "Ｂ3库。", "大溪 工业区", "daxi"))).isEqualTo(one);
        assertThat(Likeness.fingerprint(report("烟感报警", "B4 库", "大溪工业区", "daxi"))).isNotEqualTo(one);
        assertThat(Likeness.fingerprint(report("烟感报警!", "B3 库", "大溪工业区", "zeguo")))
                .isNotEqualTo(one);
    }

    private static Matter matter(
            String id,
            String text,
            String place,
            @Nullable GeoPoint point,
            int minutes,
            String phone) {
        return new Matter(
                new IncidentId(id),
                "2026-" + id,
                text,
                text,
                place,
                point,
                NOON.plus(Duration.ofMinutes(minutes)),
                phone.isEmpty() ? Set.of() : Set.of(phone));
    }

    private static Report report(String title, String text, String place, String node) {
        return new Report(
                new ReportId("r"),
                Source.DEVICE,
                "x",
                title,
                text,
                "smoke",
                Severity.RED,
                new NodeId(node),
                place,
                null,
                Reporter.UNKNOWN,
                NOON,
                NOON,
                null,
                new IncidentId("i"));
    }
}
