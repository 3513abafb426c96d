package org.maplebridge.load.county;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.Door;

/// Pictures by WHIP and WHEP: published at one node, looked at at another one.
///
/// Thread: any.
public final class StreamDoor implements Door, AutoCloseable {
    private final NodeDoor camera;
    private final String cameraToken;
    private final NodeDoor viewers;
    private final String viewersToken;
    private final Map<String, String> published = new ConcurrentHashMap<>();
    private final Map<String, String> played = new ConcurrentHashMap<>();

    /// @param camera where the picture is published
    /// @param viewers where it is looked at
    public StreamDoor(NodeDoor camera, String cameraToken, NodeDoor viewers, String viewersToken) {
        this.camera = camera;
        this.cameraToken = cameraToken;
        this.viewers = viewers;
        this.viewersToken = viewersToken;
    }

    /// @param source the unit
    @Override
    public String publish(String leg, String source, String offer) throws IOException {
        var opened = camera.openStream("/whip/" + source, cameraToken, offer);
        published.put(leg, opened.getKey());
        return opened.getValue();
    }

    @Override
    public String play(String leg, String source, String offer) throws IOException {
        var opened = viewers.openStream("/whep/" + source, viewersToken, offer);
        played.put(leg, opened.getKey());
        return opened.getValue();
    }

    @Override
    public void leave(String leg) throws IOException {
        @Nullable String camera = published.remove(leg);
        @Nullable String viewer = played.remove(leg);
        if (camera != null) {
            this.camera.closeStream(camera, cameraToken);
        }
        if (viewer != null) {
            viewers.closeStream(viewer, viewersToken);
        }
    }

    @Override
    public void close() {
        camera.close();
        viewers.close();
    }
}
