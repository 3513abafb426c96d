package org.maplebridge.media.simulation;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// A camera that sends one VP9 stream of up to three resolutions (`L3T1_KEY`), only those that its
/// relay wants, and repeats what it is asked for. Pictures say as their source which resolution
/// they are, counted from 1.
///
/// Thread: the test's.
public final class ScalableCamera implements RtcpVisitor {
    private static final List<String> NAMES = List.of("s0", "s1", "s2");
    private static final int[] PARTS = {1, 2, 6};
    private static final int KEY_FRAME_TIMES = 4;
    private static final long PICTURE_NANOS = 33_333_333L;
    private static final int VP9 = 98;
    private static final int RTX = 99;
    private static final int HEAD = 14;

    private final Stage stage;
    private final String source;
    private final int ssrc;
    private final Stage.Peer peer;
    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<Integer, RtpBytes> sent = new HashMap<>();
    private boolean described = true;
    private boolean structureLost;
    private boolean keyWanted = true;
    private int bears = NAMES.size();
    private int resolutions = NAMES.size();
    private int firstTemplate;
    private long nextNanos;
    private int seq16 = 65_000;
    private int rtxSeq16;
    private int transportSeq16;
    private int frame;
    private int keyFrameRequests;
    private int nacked;

    public ScalableCamera(Stage stage, String name, String source, int ssrc, Weather weather) {
        this.stage = stage;
        this.source = source;
        this.ssrc = ssrc;
        peer =
                stage.open(
                        name,
                        0,
                        weather,
                        Map.of("0", source),
                        Sections.scalable("0", ssrc, ssrc + 1, Sections.vp9(VP9, RTX)));
        peer.hearing(this::receive);
        peer.connect();
    }

    public Stage.Peer peer() {
        return peer;
    }

    /// How many resolutions the uplink bears.
    public void bear(int count) {
        bears = count;
    }

    /// Without dependency descriptors from now on.
    public void describeNothing() {
        described = false;
    }

    /// The next packet with a structure goes nowhere, and nothing repeats it.
    public void loseStructure() {
        structureLost = true;
        keyWanted = true;
    }

    public void wantKeyFrame() {
        keyWanted = true;
    }

    /// Sends what is due. To be called every 10 ms or so.
    public void tick(long nowNanos) {
        int now = Math.min(bears, NAMES.indexOf(wanted().getLast()) + 1);
        if (now != resolutions) {
            resolutions = now;
            firstTemplate += 2 * NAMES.size();
            keyWanted = true;
        }
        while (nextNanos <= nowNanos) {
            nextNanos = nextNanos == 0 ? nowNanos : nextNanos;
            capture(nextNanos);
            nextNanos += PICTURE_NANOS;
        }
    }

    private void capture(long nowNanos) {
        boolean key = keyWanted;
        keyWanted = false;
        int timestamp = (int) (nowNanos / 1_000 * 90 / 1_000);
        for (int resolution = 0; resolution < resolutions; resolution++) {
            int parts = key ? PARTS[resolution] * KEY_FRAME_TIMES : PARTS[resolution];
            for (int part = 0; part < parts; part++) {
                boolean whole = part == parts - 1;
                send(
                        payload(resolution, key, part, parts),
                        timestamp,
                        whole && resolution == resolutions - 1,
                        extensions(resolution, key, part == 0, whole));
            }
        }
        frame++;
    }

    /// RFC 9628 §4.2, with picture id and layer indices, of the non-flexible mode.
    private byte[] payload(int resolution, boolean key, int part, int parts) {
        boolean first = part == 0;
        boolean last = part == parts - 1;
        var bytes = ByteBuffer.allocate(600 + random.nextInt(400));
        bytes.put((byte) (0xa0 | (key ? 0 : 0x40) | (first ? 0x08 : 0) | (last ? 0x04 : 0)));
        bytes.putShort((short) (0x8000 | frame & 0x7fff));
        bytes.put((byte) (resolution << 1 | (key && resolution > 0 ? 1 : 0)));
        bytes.put((byte) frame);
        bytes.position(HEAD);
        bytes.putInt(resolution + 1).putInt(frame).putInt(key ? 1 : 0).putInt(part).putInt(parts);
        return bytes.array();
    }

    private Map<Integer, byte[]> extensions(
            int resolution, boolean key, boolean first, boolean last) {
        var extensions = new HashMap<Integer, byte[]>();
        int transport = transportSeq16++;
        extensions.put(3, new byte[] {(byte) (transport >> 8), (byte) transport});
        if (described) {
            int number = frame * resolutions + resolution;
            extensions.put(
                    Sections.SCALABLE_IDS.dependency(),
                    DependencyBytes.of(
                            resolutions, firstTemplate, resolution, key, first, last, number));
        }
        return extensions;
    }

    private void send(
            byte[] payload, int timestamp, boolean marker, Map<Integer, byte[]> extensions) {
        var packet = new RtpBytes(VP9, marker, seq16, timestamp, ssrc, extensions, payload);
        int number = seq16;
        seq16 = seq16 + 1 & 0xffff;
        byte[] descriptor =
                extensions.getOrDefault(Sections.SCALABLE_IDS.dependency(), new byte[0]);
        if (structureLost && descriptor.length > 3) {
            structureLost = false;
            firstTemplate += 2 * NAMES.size();
            return;
        }
        sent.put(number, packet);
        peer.up.send(packet.toBytes());
    }

    private void receive(byte[] datagram) {
        if (Compound.is(datagram)) {
            int unused = RtcpReader.read(datagram, 0, datagram.length, this);
        }
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
        for (int i = 0; i <= 16; i++) {
            if (i == 0 || (bitmask >> i - 1 & 1) != 0) {
                nacked++;
                repeat(sent.get(firstSeq16 + i & 0xffff));
            }
        }
    }

    private void repeat(@Nullable RtpBytes packet) {
        if (packet == null) {
            return;
        }
        byte[] payload =
                ByteBuffer.allocate(packet.payload().length + 2)
                        .putShort((short) packet.seq16())
                        .put(packet.payload())
                        .array();
        peer.up.send(
                new RtpBytes(
                                RTX,
                                packet.marker(),
                                rtxSeq16++ & 0xffff,
                                packet.timestamp(),
                                ssrc + 1,
                                packet.extensions(),
                                payload)
                        .toBytes());
    }

    @Override
    public void pictureLoss(int senderSsrc, int mediaSsrc) {
        if (mediaSsrc == ssrc) {
            keyFrameRequests++;
            keyWanted = true;
        }
    }

    /// What the relay said last.
    public List<String> wanted() {
        List<String> last = NAMES;
        for (RelayEvent event : stage.events) {
            if (event instanceof RelayEvent.LayersWanted told
                    && told.source().value().equals(source)) {
                last = told.rids();
            }
        }
        return last;
    }

    public int keyFrameRequests() {
        return keyFrameRequests;
    }

    public int nacked() {
        return nacked;
    }

    public int frames() {
        return frame;
    }
}
