package org.maplebridge.signaling.boot.mediation;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param presets JSON file of who is called together by one press, by town; empty for none, or for
///   the demo county's own
public record ConsultationSettings(@DefaultValue("") String presets) {
    static final String PREFIX = "maplebridge.consultation";
}
