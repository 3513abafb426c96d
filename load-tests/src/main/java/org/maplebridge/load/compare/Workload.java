package org.maplebridge.load.compare;

import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.client.pattern.VoicePattern;

/// The same work for every contender.
///
/// @param kind `video`, `voice` or `rooms`
/// @param receivers of all publishers together
public record Workload(String kind, int receivers) {
    private static final int ROOMS = 20;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int VIDEO_BITS_PER_SECOND = 2_000_000;
    private static final int ROOM_BITS_PER_SECOND = 500_000;

    static Workload rooms() {
        return new Workload("rooms", 4 * ROOMS);
    }

    boolean video() {
        return !kind.equals("voice");
    }

    int publishers() {
        return kind.equals("rooms") ? ROOMS : 1;
    }

    MediaPattern pattern(int publisher) {
        return switch (kind) {
            case "video" -> new VideoPattern(VIDEO_BITS_PER_SECOND, FRAMES_PER_SECOND, 1);
            case "voice" -> new VoicePattern(1);
            case "rooms" -> new VideoPattern(ROOM_BITS_PER_SECOND, FRAMES_PER_SECOND, publisher);
            default -> throw new IllegalArgumentException("there is no work called " + kind);
        };
    }

    public String key() {
        return kind + "_" + (kind.equals("rooms") ? publishers() : receivers);
    }

    public String label() {
        return kind.equals("rooms")
                ? publishers() + " rooms → " + receivers / publishers()
                : kind + " → " + receivers;
    }
}
