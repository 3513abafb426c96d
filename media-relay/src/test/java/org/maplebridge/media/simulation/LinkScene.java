package org.maplebridge.media.simulation;

import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// What the links table measures with browsers, in simulated time: a car that sends its picture
/// with its sound and talks, and a room behind a link that is shaped as Linux shapes it and loses
/// some of what it let through.
///
/// Thread: the test's.
public final class LinkScene {
    private static final int PICTURE = 0x5107;
    private static final int SOUND = 0x5109;
    private static final int TALK = 0x510a;
    private static final long SETTLE = 8 * SECOND;
    private static final long SEEN = 10 * SECOND;

    /// 32 kbit/s, and the authentication tag.
    private static final int VOICE_BYTES = 96;

    public record Figures(double framesPerSecond, long longestPauseMillis, long delayMillis) {}

    private final Stage stage;
    private final SimulatedPublisher camera;
    private final SimulatedPublisher talk;
    private final Stage.Peer room;
    private final Screen screen;

    public LinkScene(int seed) {
        stage = new Stage(seed);
        var car =
                stage.open(
                        "car",
                        0,
                        Weather.CALM,
                        Map.of("0", "cam"),
                        Sections.sending("0", MediaKind.VIDEO, 0x100, 0x101, Sections.vp8(96, 97)));
        camera =
                car.publishing(
                        new SimulatedPublisher(true, seed, 0x100, 0x101, 100, 5)
                                .encodingAs(new BrowserEncoder(seed, 1_500_000)));
        car.connect();
        stage.run((seed * 3 % 20) * MILLI + MILLI);
        microphone("sound", 0x102);
        stage.run((7 + seed % 5) * MILLI);
        talk = microphone("talk", 0x103);
        room =
                stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, PICTURE, 0x5108, Sections.vp8(96, 97)),
                        voice("a", SOUND),
                        voice("b", TALK));
        room.viewer().setFeedback(true);
        room.viewer().behaveAsBrowser(seed);
        room.connect();
        room.attach("v", "cam");
        room.attach("a", "sound");
        room.attach("b", "talk");
        screen = new Screen(room, PICTURE);
        run(6 * SECOND);
        talk.setTalking(false);
        run(SECOND);
    }

    private static NegotiatedMedia voice(String mid, int ssrc) {
        return Sections.receiving(
                mid, MediaKind.AUDIO, ssrc, 0, Sections.opus(111), Sections.red(63));
    }

    private SimulatedPublisher microphone(String name, int ssrc) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("1", name),
                        Sections.sending("1", MediaKind.AUDIO, ssrc, 0, Sections.opus(111)));
        var publisher =
                peer.publishing(
                        new SimulatedPublisher(false, 2, ssrc, 0, 200, 7).saying(VOICE_BYTES));
        peer.connect();
        return publisher;
    }

    /// One cell: eight seconds until the way is found out, ten that count, and one of silence.
    public Figures over(int kbitPerSecond, int lossPercent) {
        room.down.setBottleneck(Bottleneck.tokens(kbitPerSecond * 1_000L));
        room.down.setWeather(new Weather(MILLI, 0, lossPercent / 100.0, 0, 0, 0));
        talk.setTalking(true);
        run(SETTLE);
        long from = stage.now();
        run(SEEN);
        long to = stage.now();
        talk.setTalking(false);
        run(SECOND);
        return new Figures(
                screen.framesPerSecond(from, to),
                screen.longestPauseMillis(from, to),
                screen.medianDelayMillis(camera, from, to));
    }

    private void run(long nanos) {
        long until = stage.now() + nanos;
        while (stage.now() < until) {
            stage.run(20 * MILLI);
            screen.look(stage.now());
        }
    }
}
