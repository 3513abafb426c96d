package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.simulation.Voice;

/// What a publisher captured at one moment is played at one moment.
class LipSyncTest {
    private static final int VIDEO = 0x71de0;
    private static final int AUDIO = 0xa0d10;

    /// A tick of either clock and the rounding of an NTP fraction.
    private static final long TICK_NANOS = 1_000_000_000L / 48_000 + 1_000_000_000L / 90_000;

    private final Stage stage = new Stage(5);

    @Test
    void voiceAndPictureKeepTheirDistanceToTheTick() {
        car("car1", 1, 3 * SECOND, new Weather(20 * MILLI, 15 * MILLI, 0, 0, 0, 0));
        stage.run(1_500 * MILLI);
        var viewer = viewer();
        viewer.attach("v", "car1-video");
        viewer.attach("a", "car1-audio");
        stage.run(3 * SECOND);

        assertInSync(viewer);
    }

    @Test
    void theyStayInSyncWhenBothSlotsChangeToAPublisherWithAnotherClock() {
        car("car1", 1, 3 * SECOND, Weather.CALM);
        car("car2", 2, -4_000 * SECOND, Weather.CALM);
        var viewer = viewer();
        viewer.attach("v", "car1-video");
        viewer.attach("a", "car1-audio");
        stage.run(3 * SECOND);
        viewer.attach("v", "car2-video");
        viewer.attach("a", "car2-audio");
        stage.run(3 * SECOND);

        assertInSync(viewer);
        var reports = viewer.stream(VIDEO).reports();
        for (int i = 1; i < reports.size(); i++) {
            long step = reports.get(i).ntpTime() - reports.get(i - 1).ntpTime() >>> 22;
            assertThat(step).as("the relay's clock goes on").isBetween(0L, 1_300L);
        }
    }

    @Test
    void aReportFollowsTheFirstPacketsOfANewSourceAtOnce() {
        car("car1", 1, 0, Weather.CALM);
        stage.run(4 * SECOND);
        var viewer = viewer();
        viewer.attach("a", "car1-audio");
        stage.run(50 * MILLI);

        assertThat(viewer.stream(AUDIO).reports()).hasSize(1);
        stage.run(4 * SECOND);
        assertThat(viewer.stream(AUDIO).reports().size()).isBetween(4, 6);
    }

    private void car(String name, int number, long ntpOffset, Weather weather) {
        int ssrc = number * 100;
        var peer =
                stage.open(
                        name,
                        0,
                        weather,
                        Map.of("0", name + "-video", "1", name + "-audio"),
                        Sections.sending(
                                "0", MediaKind.VIDEO, ssrc, ssrc + 1, Sections.vp8(96, 97)),
                        Sections.sending("1", MediaKind.AUDIO, ssrc + 2, 0, Sections.opus(111)));
        peer.connect();
        var camera = new SimulatedPublisher(true, number, ssrc, ssrc + 1, 65_500, number * -999);
        var voice = new SimulatedPublisher(false, number, ssrc + 2, 0, 7, number * 1_234_567);
        camera.setNtpOffsetNanos(1_000_000 * SECOND + ntpOffset);
        voice.setNtpOffsetNanos(1_000_000 * SECOND + ntpOffset);
        peer.publishing(camera);
        peer.publishing(voice);
    }

    private Stage.Peer viewer() {
        var peer =
                stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, VIDEO, VIDEO + 1, Sections.vp8(96, 97)),
                        Sections.receiving("a", MediaKind.AUDIO, AUDIO, 0, Sections.opus(111)));
        peer.connect();
        return peer;
    }

    /// Compares, on the last packets, capture and play-out time of voice and picture.
    private static void assertInSync(Stage.Peer viewer) {
        long picture =
                playedMinusCaptured(
                        viewer.stream(VIDEO),
                        90_000,
                        packet -> Pictures.read(packet.payload()).frame() * 33_333_333L);
        long voice =
                playedMinusCaptured(
                        viewer.stream(AUDIO),
                        48_000,
                        packet -> Voice.read(packet.payload()).number() * 20_000_000L);
        assertThat(Math.abs(picture - voice)).isLessThanOrEqualTo(TICK_NANOS);
    }

    private static long playedMinusCaptured(
            ReceivedStream stream, int clockRate, ToLongFunction<RtpBytes> captured) {
        var report = stream.reports().getLast();
        RtpBytes last = stream.packets().getLast();
        long ticks = last.timestamp() - report.timestamp();
        long reportNanos =
                (report.ntpTime() >>> 32) * 1_000_000_000L
                        + ((report.ntpTime() & 0xffff_ffffL) * 1_000_000_000L >>> 32);
        return reportNanos + ticks * 1_000_000_000L / clockRate - captured.applyAsLong(last);
    }
}
