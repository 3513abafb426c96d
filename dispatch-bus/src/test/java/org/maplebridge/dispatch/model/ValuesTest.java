package org.maplebridge.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void anIdIsShortAndPlain() {
        assertThat(Ids.isValid("3f2b8c1e-7d44-4f0a-9a51-0c6f0d6f8a11")).isTrue();
        for (String bad : new String[] {"", "a b", "a/b", "新河", "a\n", "x".repeat(65), "../a"}) {
            assertThat(Ids.isValid(bad)).as(bad).isFalse();
            assertThatThrownBy(() -> new UnitId(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new UnitId("car1")).hasToString("car1");
        assertThat(new GroupId("group-xinhe").asCall()).isEqualTo(new CallId("group-xinhe"));
    }

    @Test
    void aNameIsReadInTheReadersLanguage() {
        var name = new Name("新河", "Xinhe");

        assertThat(name.in("en-GB")).isEqualTo("Xinhe");
        assertThat(name.in("zh-CN")).isEqualTo("新河");
        assertThat(name.in("")).isEqualTo("新河");
        assertThatThrownBy(() -> Name.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void distancesAreMeasuredOnTheGlobe() {
        var wenling = new GeoPoint(28.37, 121.38);
        var hangzhou = new GeoPoint(30.27, 120.16);

        assertThat(wenling.metresTo(hangzhou)).isCloseTo(242_000, within(2_000.0));
        assertThat(wenling.metresTo(wenling)).isZero();
        assertThatThrownBy(() -> new GeoPoint(91, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GeoPoint(Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redIsGraverThanOrange() {
        assertThat(Severity.RED.isGraverThan(Severity.ORANGE)).isTrue();
        assertThat(Severity.ORANGE.isGraverThan(Severity.ORANGE)).isFalse();
    }
}
