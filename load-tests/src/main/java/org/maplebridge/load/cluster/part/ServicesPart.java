package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.cluster.PageReader;
import org.maplebridge.load.cluster.PositionStream;
import org.maplebridge.load.cluster.part.Stage.Need;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.StreamDoor;
import org.maplebridge.media.srtp.SrtpProfile;

/// What stands behind the nodes is taken away and given back: the database, the speed of its disk,
/// Redis. People talk, look at a picture, and order all the time.
public final class ServicesPart implements Part {

    /// A disk that answers a quarter of the time.
    private static final long FROZEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final long THAWED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String CAMERA = "car2";

    @Override
    public String name() {
        return "services";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.RECORD, Need.REDIS);
    }

    @Override
    public void play(Stage stage, Setting setting, Findings findings) throws IOException {
        var crowd = Crowd.gather(stage, setting.seed());
        crowd.talk(Set.of(0, 1, 2));
        var positions = new PositionStream(stage.history(), "car1");
        stage.add(positions);
        positions.start(crowd.order(0, positions.ear(), "car1", 1).car());
        stage.add(
                new PageReader(stage.history(), stage.nodes(), 0, "xinhe", "/api/orders?limit=1"));
        var picture = picture(stage);
        LockSupport.parkNanos(setting.settleNanos());
        var outage = new Outage(stage, crowd, picture, positions, findings);
        outage.play(
                "healthy",
                () -> {},
                () -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(5, 60))),
                () -> {});
        outage.play(
                "record_down",
                stage.record()::stop,
                () -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(8, 60))),
                stage.record()::start);
        int pulses = setting.seconds(3, 30);
        outage.play("record_slow", () -> {}, () -> pulse(stage, pulses), () -> {});
        outage.play(
                "redis_down",
                stage.redis()::stop,
                () -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(8, 600))),
                stage.redis()::startAgain);
        crowd.fallSilent();
        var judge = new Judge(stage, "services_", findings);
        judge.orders(10);
        judge.talkers();
        judge.bursts(crowd.groups());
        judge.errors();
    }

    private static void pulse(Stage stage, int pulses) throws IOException {
        for (int i = 0; i < pulses; i++) {
            stage.record().freeze();
            LockSupport.parkNanos(FROZEN_NANOS);
            stage.record().thaw();
            LockSupport.parkNanos(THAWED_NANOS);
        }
    }

    /// A car's camera at one node, looked at at another one.
    private static Fleet picture(Stage stage) throws IOException {
        var camera = new NodeDoor(stage.nodes().node(1).uri());
        var viewer = new NodeDoor(stage.nodes().node(0).uri());
        var door =
                new StreamDoor(
                        camera,
                        camera.signIn(CAMERA, stage.nodes().password()),
                        viewer,
                        viewer.signIn("xinhe", stage.nodes().password()));
        stage.add(door);
        var fleet = new Fleet(door, CAMERA, true, List.of(SrtpProfile.AEAD_AES_128_GCM), false);
        stage.add(fleet);
        fleet.publish(new VideoPattern(500_000, 15, 1));
        fleet.growTo(1);
        return fleet;
    }
}
