package org.maplebridge.signaling.boot.map;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Datum;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.codec.GroundFile;
import org.maplebridge.signaling.http.map.GroundController;
import org.maplebridge.signaling.http.map.TrackController;
import org.maplebridge.signaling.map.Ground;
import org.maplebridge.signaling.map.GroundFolder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// What the map asks for. The demo county has a drawing of its own, until somebody brings a map.
@Configuration(proxyBeanMethods = false)
@Import({GroundController.class, TrackController.class})
public class MapWiring {
    @Bean
    GroundFolder groundFolder(MaplebridgeProperties properties, Environment environment) {
        var settings = Binder.get(environment).bindOrCreate(MapSettings.PREFIX, MapSettings.class);
        var datum = Datum.ofCode(settings.datum()).orElseThrow();
        var folder =
                settings.folder().isBlank()
                        ? properties.data().resolve("map")
                        : Path.of(settings.folder());
        var otherwise = properties.demo().active() ? demo() : new Ground(List.of());
        return new GroundFolder(folder, text -> GroundFile.read(text, datum), otherwise);
    }

    private static Ground demo() {
        try (@Nullable InputStream text = MapWiring.class.getResourceAsStream("demo.geojson")) {
            if (text == null) {
                throw new IllegalStateException("demo.geojson is not there");
            }
            return GroundFile.read(text.readAllBytes(), Datum.WGS_84);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
