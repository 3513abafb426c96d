package org.maplebridge.load.compare;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.client.Door;
import tools.jackson.databind.JsonNode;

/// The way into Janus' video rooms: a room for each source, its publisher in it, receivers
/// subscribed to that.
///
/// Thread: the scenario's.
final class JanusDoor implements Door {
    private static final String PLUGIN = "janus.plugin.videoroom";
    private static final long FEED = 1;
    private static final int ATTEMPTS = 200;
    private static final int NAP_NANOS = 25_000_000;

    private final JanusApi api;
    private final long session;
    private final Map<String, Long> rooms = new HashMap<>();
    private final Map<String, Long> handles = new HashMap<>();
    private final Set<Long> publishing = new HashSet<>();

    JanusDoor(JanusApi api) throws IOException {
        this.api = api;
        this.session = api.createSession();
    }

    @Override
    public String publish(String leg, String source, String offer) throws IOException {
        long room = rooms.size() + 1L;
        rooms.put(source, room);
        long handle = attach(leg);
        JsonNode unused =
                api.ask(
                        session,
                        handle,
                        Map.of(
                                "request", "create",
                                "room", room,
                                "publishers", 10,
                                "audiocodec", "opus",
                                "videocodec", "vp8"));
        JsonNode event =
                api.askLater(
                        session,
                        handle,
                        Map.of(
                                "request",
                                "joinandconfigure",
                                "ptype",
                                "publisher",
                                "room",
                                room,
                                "id",
                                FEED),
                        jsep("offer", JanusSdp.asDtlsClient(offer)));
        return sdpOf(event);
    }

    /// Janus makes the offer itself; what the terminal offered becomes the answer to it.
    @Override
    public String play(String leg, String source, String offer) throws IOException {
        Long room = rooms.get(source);
        if (room == null) {
            throw new IOException("nobody publishes " + source);
        }
        long handle = attach(leg);
        awaitPublisher(handle, room);
        JsonNode event =
                api.askLater(
                        session,
                        handle,
                        Map.of(
                                "request",
                                "join",
                                "ptype",
                                "subscriber",
                                "room",
                                room,
                                "streams",
                                List.of(Map.of("feed", FEED))),
                        Map.of());
        String theirs = sdpOf(event);
        JsonNode unused =
                api.askLater(
                        session,
                        handle,
                        Map.of("request", "start"),
                        jsep("answer", JanusSdp.answer(theirs, offer)));
        return theirs;
    }

    /// Nobody can subscribe before Janus has seen the publisher's handshake end.
    private void awaitPublisher(long handle, long room) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS && !publishing.contains(room); attempt++) {
            JsonNode participants =
                    api.ask(session, handle, Map.of("request", "listparticipants", "room", room))
                            .path("plugindata")
                            .path("data")
                            .path("participants");
            if (participants.path(0).path("publisher").asBoolean(false)) {
                publishing.add(room);
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    @Override
    public void leave(String leg) throws IOException {
        Long handle = handles.remove(leg);
        if (handle != null) {
            api.detach(session, handle);
        }
    }

    private long attach(String leg) throws IOException {
        long handle = api.attach(session, PLUGIN);
        handles.put(leg, handle);
        return handle;
    }

    private static Map<String, Object> jsep(String type, String sdp) {
        return Map.of("type", type, "sdp", sdp);
    }

    private static String sdpOf(JsonNode event) throws IOException {
        String sdp = event.path("jsep").path("sdp").asString("");
        if (sdp.isEmpty()) {
            throw new IOException("Janus says nothing of media: " + event);
        }
        return sdp;
    }
}
