package org.maplebridge.signaling.mediation.consultation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

class PresetsTest {
    @Test
    void whoIsNotThereIsNamed() {
        assertThat(checked(preset("xinhe", "xinhe-chief", "xinhe-deputy")).all()).hasSize(1);
        assertThatThrownBy(() -> checked(preset("atlantis", "xinhe", "city")))
                .hasMessage("iron names a place that is not there: atlantis");
        assertThatThrownBy(() -> checked(preset("xinhe", "xinhe-chief", "nobody")))
                .hasMessage("iron of xinhe names an account that is not there: nobody");
        assertThatThrownBy(() ->
                        checked(preset("xinhe", "xinhe", "city"), preset("xinhe", "city", "xinhe")))
                .hasMessage("iron of xinhe stands there twice");
    }

    private static Presets checked(Preset... presets) {
        return new Presets(List.of(presets), Map.of()).checked(DemoCounty.organisation());
    }

    private static Preset preset(String town, String... members) {
        return new Preset(
                "iron",
                Name.of("会"),
                new NodeId(town),
                List.of(members).stream().map(UserId::new).toList());
    }
}
