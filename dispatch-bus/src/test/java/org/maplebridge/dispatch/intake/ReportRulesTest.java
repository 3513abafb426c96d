package org.maplebridge.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.intake.ReportRules.Cause;
import org.maplebridge.dispatch.intake.ReportRules.Fault;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;

class ReportRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final ReportRules RULES =
            new ReportRules(
                    new GeoArea(
                            List.of(
                                    new GeoPoint(28.2, 121.1),
                                    new GeoPoint(28.2, 121.7),
                                    new GeoPoint(28.6, 121.7),
                                    new GeoPoint(28.6, 121.1))));

    @Test
    void aWholeReportAndOneOfTheLeastAreTaken() {
        assertThat(fault(statement("a:1", "噪声", "夜间施工\n很吵", "noise", "塘下村口"))).isEmpty();
        assertThat(fault(statement("a", "噪声", "", "", "塘下"))).isEmpty();
    }

    @Test
    void eachFieldIsNamedWithWhatIsWrongWithIt() {
        assertFault(statement("", "t", "", "", "p"), "externalId", Cause.MISSING);
        assertFault(statement("../etc", "t", "", "", "p"), "externalId", Cause.MALFORMED);
        assertFault(statement("a", " ", "", "", "p"), "title", Cause.MISSING);
        assertFault(statement("a", "x".repeat(201), "", "", "p"), "title", Cause.TOO_LARGE);
        assertFault(statement("a", "bell\u0007", "", "", "p"), "title", Cause.MALFORMED);
        assertFault(statement("a", "two\nlines", "", "", "p"), "title", Cause.MALFORMED);
        assertFault(statement("a", "turned \u202Egnp.exe", "", "", "p"), "title", Cause.MALFORMED);
        assertFault(statement("a", "half \uD83D", "", "", "p"), "title", Cause.MALFORMED);
        assertFault(statement("a", "t", "x".repeat(4_001), "", "p"), "text", Cause.TOO_LARGE);
        assertFault(statement("a", "t", "nul \0", "", "p"), "text", Cause.MALFORMED);
        assertFault(statement("a", "t", "", "no id", "p"), "kind", Cause.MALFORMED);
        assertFault(statement("a", "t", "", "", ""), "place", Cause.MISSING);
        assertFault(by(new Reporter("x".repeat(61), "")), "name", Cause.TOO_LARGE);
        assertFault(by(new Reporter("", "call me")), "phone", Cause.MALFORMED);
        assertThat(fault(by(new Reporter("王", "+86 576-8620 0110")))).isEmpty();
    }

    @Test
    void placesOutsideTheCountyAndOnNoEarthAreRefused() {
        assertThat(fault(at(28.37, 121.38))).isEmpty();
        assertFault(at(39.9, 116.4), "point", Cause.OUTSIDE_COUNTY);
        assertFault(at(91.0, 121.38), "point", Cause.MALFORMED);
        assertFault(at(Double.NaN, 121.38), "point", Cause.MALFORMED);
        assertFault(at(28.37, null), "point", Cause.MALFORMED);
        assertThat(new ReportRules(null).fault(at(39.9, 116.4), NOON)).isEmpty();
    }

    @Test
    void futureAndAncientTimesAreRefused() {
        assertThat(fault(happened(Duration.ofMinutes(5)))).isEmpty();
        assertFault(happened(Duration.ofSeconds(301)), "occurredAt", Cause.IN_THE_FUTURE);
        assertThat(fault(happened(Duration.ofDays(-366)))).isEmpty();
        assertFault(happened(Duration.ofDays(-367)), "occurredAt", Cause.TOO_LONG_AGO);
    }

    @Test
    void aCitizensMatterIsCalledByTheCodeAndHowTheirWordsBegin() {
        assertThat(Report.title("噪声", "  夜里\n很吵 ")).isEqualTo("噪声：夜里 很吵");
        assertThat(Report.title("t", "x".repeat(39) + "🙂🙂"))
                .isEqualTo("t：" + "x".repeat(39) + "…");
    }

    private static void assertFault(Statement statement, String field, Cause cause) {
        assertThat(fault(statement)).contains(new Fault(field, cause));
    }

    private static Optional<Fault> fault(Statement statement) {
        return RULES.fault(statement, NOON);
    }

    private static Statement statement(
            String id, String title, String text, String kind, String place) {
        return new Statement(id, title, text, kind, place, null, null, Reporter.UNKNOWN, null);
    }

    private static Statement by(Reporter reporter) {
        return new Statement("a", "t", "", "", "p", null, null, reporter, null);
    }

    private static Statement at(@Nullable Double latitude, @Nullable Double longitude) {
        return new Statement("a", "t", "", "", "p", latitude, longitude, Reporter.UNKNOWN, null);
    }

    private static Statement happened(Duration ahead) {
        var at = NOON.plus(ahead);
        return new Statement("a", "t", "", "", "p", null, null, Reporter.UNKNOWN, at);
    }
}
