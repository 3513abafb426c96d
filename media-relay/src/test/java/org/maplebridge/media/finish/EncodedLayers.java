package org.maplebridge.media.finish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.maplebridge.media.finish.ScalablePayloads.Layer;

/// Pictures of several resolutions from a browser's own encoder, layer by layer.
final class EncodedLayers {
    static final int EACH_RUN = 8;

    private final List<List<Layer>> pictures = new ArrayList<>();

    /// @param name of the file they are in
    EncodedLayers(String name) {
        try (var in = EncodedLayers.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + name);
            }
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        String[] words = line.split(" ", -1);
        int picture = Integer.parseInt(words[0]);
        if (picture == pictures.size()) {
            pictures.add(new ArrayList<>());
        }
        pictures.get(picture)
                .add(
                        new Layer(
                                Integer.parseInt(words[1]),
                                words[2].equals("1"),
                                words[3].equals("1"),
                                HexFormat.of().parseHex(words[4])));
    }

    int size() {
        return pictures.size();
    }

    static boolean key(int picture) {
        return picture % EACH_RUN == 0;
    }

    List<Layer> all(int picture) {
        return pictures.get(picture);
    }

    /// What a line of that resolution carries: with a key frame all below it, else itself alone.
    List<Layer> line(int picture, int resolution) {
        return pictures.get(picture).stream()
                .filter(layer -> layer.resolution() <= resolution)
                .filter(layer -> key(picture) || layer.resolution() == resolution)
                .toList();
    }

    /// AV1: one temporal unit.
    static byte[] unit(List<Layer> layers) {
        var out = new ByteArrayOutputStream();
        layers.forEach(layer -> out.writeBytes(layer.frame()));
        return out.toByteArray();
    }
}
