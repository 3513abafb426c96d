package org.maplebridge.load.client.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaPatternTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void videoKeepsToItsBitRateWithKeyFramesNowAndThen(long seed) {
        var pattern = new VideoPattern(2_000_000, 30, seed);
        long bytes = 0;
        for (int frame = 0; frame < 900; frame++) {
            for (var packet : pattern.nextFrame(frame % 300 == 0)) {
                bytes += packet.payloadLength();
            }
        }
        assertThat(bytes * 8 / 30).isCloseTo(2_000_000L, withPercentage(3));
    }

    @Test
    void videoCutsAFrameIntoPacketsThatDifferByOneByteAtMost() {
        var pattern = new VideoPattern(2_000_000, 30, 1);
        for (int frame = 0; frame < 100; frame++) {
            var packets = pattern.nextFrame(false);
            var lengths =
                    packets.stream()
                            .mapToInt(MediaPattern.Packet::payloadLength)
                            .summaryStatistics();
            assertThat(lengths.getMax() - lengths.getMin()).isBetween(0, 1);
            assertThat(packets.getLast().marker()).isTrue();
            assertThat(packets.stream().filter(MediaPattern.Packet::marker)).hasSize(1);
        }
    }

    @Test
    void videoLetsAKeyFrameOutSlowlyEnoughForAnUplink() {
        var packets = new VideoPattern(2_000_000, 30, 1).nextFrame(true);
        double seconds = packets.getLast().offsetNanos() / 1e9;
        long bits = packets.stream().mapToLong(packet -> packet.payloadLength() * 8L).sum();
        assertThat(bits / seconds).isBetween(4_000_000.0, 7_000_000.0);
    }

    @Test
    void voiceIsOnePacketEveryTwentyMilliseconds() {
        var pattern = new VoicePattern(1);
        assertThat(pattern.frameIntervalNanos()).isEqualTo(20_000_000);
        assertThat(pattern.nextFrame(false)).hasSize(1);
    }
}
