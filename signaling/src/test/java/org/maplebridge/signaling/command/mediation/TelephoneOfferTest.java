package org.maplebridge.signaling.command.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneOfferTest {
    @Test
    void findsTheVoiceAndTheEars() {
        var offer =
                TelephoneOffer.read(
                        """
                        v=0
                        m=audio 9 UDP/TLS/RTP/SAVPF 111
                        a=mid:v
                        a=sendrecv
                        m=video 9 UDP/TLS/RTP/SAVPF 96
                        a=mid:p
                        m=audio 9 UDP/TLS/RTP/SAVPF 111
                        a=mid:e1
                        a=recvonly
                        m=audio 9 UDP/TLS/RTP/SAVPF 111
                        a=sendonly
                        a=mid:second
                        m=audio 0 UDP/TLS/RTP/SAVPF 111
                        a=mid:gone
                        m=audio 9 UDP/TLS/RTP/SAVPF 111
                        a=mid:e2
                        a=recvonly
                        """);
        assertThat(offer.voice()).contains("v");
        assertThat(offer.ears()).containsExactly("v", "e1", "e2");
    }

    @Test
    void whatIsNotSaidIsBothWaysUnlessTheSessionSaysElse() {
        assertThat(TelephoneOffer.read("m=audio 9 X 1\r\na=mid:0\r\n").voice()).contains("0");
        var hears = TelephoneOffer.read("a=recvonly\nm=audio 9 X 1\na=mid:0\n");
        assertThat(hears.voice()).isEmpty();
        assertThat(hears.ears()).containsExactly("0");
    }

    @Test
    void answersWhateverItIsGiven() {
        for (var text : List.of("", "m=", "m=audio", "a=mid:", "m=audio 9\na=mid:\n", "\0")) {
            var offer = TelephoneOffer.read(text);
            assertThat(offer.voice()).as(text).isEmpty();
            assertThat(offer.ears()).isEmpty();
        }
    }
}
