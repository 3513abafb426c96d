package org.maplebridge.media.simulation;

import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// What the links table measures with browsers, in simulated time: a car that sends its picture
/// with its sound, a group in which the car or somebody else talks, and a room that sees and hears
/// both behind a link that is shaped as Linux shapes it and loses some of what it let through.
///
/// Thread: the test's.
public final class LinkScene {
    private static final int PICTURE = 0x5107;
    private static final int SOUND = 0x5109;
    private static final int TALK = 0x510a;
    private static final SourceId GROUP = new SourceId("group");
    private static final long SETTLE = 8 * SECOND;
    private static final long SEEN = 10 * SECOND;

    /// 32 kbit/s, and the authentication tag.
    private static final int VOICE_BYTES = 96;

    public record Figures(double framesPerSecond, long longestPauseMillis, long delayMillis) {}

    private final Stage stage;
    private final SimulatedPublisher camera;
    private final String talker;
    private long epoch;
    private final Stage.Peer room;
    private final Screen screen;

    /// The car talks to the group itself.
    public static LinkScene ofOneVoice(int seed) {
        return new LinkScene(seed, "sound");
    }

    public static LinkScene ofTwoVoices(int seed) {
        return new LinkScene(seed, "other");
    }

    private LinkScene(int seed, String talker) {
        this.talker = talker;
        stage = new Stage(seed);
        stage.everyLoop(relay -> relay.openChannel(GROUP));
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
        microphone("other", 0x103);
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
        room.attach("b", GROUP.value());
        screen = new Screen(room, PICTURE);
        talk(6 * SECOND);
    }

    private static NegotiatedMedia voice(String mid, int ssrc) {
        return Sections.receiving(
                mid, MediaKind.AUDIO, ssrc, 0, Sections.opus(111), Sections.red(63));
    }

    private void microphone(String name, int ssrc) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("1", name),
                        Sections.sending("1", MediaKind.AUDIO, ssrc, 0, Sections.opus(111)));
        peer.publishing(new SimulatedPublisher(false, 2, ssrc, 0, 200, 7).saying(VOICE_BYTES));
        peer.connect();
    }

    /// One cell: eight seconds until the way is found out, ten that count, and one of silence.
    public Figures over(int kbitPerSecond, int lossPercent) {
        room.down.setBottleneck(Bottleneck.tokens(kbitPerSecond * 1_000L));
        room.down.setWeather(new Weather(MILLI, 0, lossPercent / 100.0, 0, 0, 0));
        long from = stage.now() + SETTLE;
        long to = from + SEEN;
        talk(SETTLE + SEEN);
        return new Figures(
                screen.framesPerSecond(from, to),
                screen.longestPauseMillis(from, to),
                screen.medianDelayMillis(camera, from, to));
    }

    /// Holds the key so long, and lets a second go by.
    private void talk(long nanos) {
        long ends = ++epoch;
        stage.give(GROUP, talker, ends, stage.now());
        run(nanos);
        stage.everyLoop(relay -> relay.clearFloor(GROUP, ends));
        run(SECOND);
    }

    /// What came of the sound that goes with the picture, and of the talk.
    public int soundPackets() {
        return room.stream(SOUND).packets().size();
    }

    /// Of the sound's numbers so far.
    public int soundMissing() {
        var seen = room.stream(SOUND).bySeq();
        return (int) (seen.lastKey() - seen.firstKey()) + 1 - seen.size();
    }

    public int talkPackets() {
        return room.stream(TALK).packets().size();
    }

    private void run(long nanos) {
        long until = stage.now() + nanos;
        while (stage.now() < until) {
            stage.run(20 * MILLI);
            screen.look(stage.now());
        }
    }
}
