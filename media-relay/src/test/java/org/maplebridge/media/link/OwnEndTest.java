package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.wire.PeerPath;

/// What two ends agree on, and with whom they do not.
class OwnEndTest {
    private static final byte[] SECRET = new byte[16];

    private final SecureRandom random = new SecureRandom();
    private final OwnEnd one = OwnEnd.make(List.of(), random);
    private final OwnEnd two = OwnEnd.make(List.of(), random);

    @Test
    void oneSendsWithWhatTheOtherOpensWith() {
        LinkKeys ours = agreed(one, two.end(), SECRET);
        LinkKeys theirs = agreed(two, one.end(), SECRET);

        assertThat(ours.srtp().localKey()).isEqualTo(theirs.srtp().remoteKey());
        assertThat(ours.srtp().localSalt()).isEqualTo(theirs.srtp().remoteSalt());
        assertThat(ours.srtp().remoteKey()).isEqualTo(theirs.srtp().localKey());
        assertThat(ours.srtp().remoteSalt()).isEqualTo(theirs.srtp().localSalt());
        assertThat(ours.ourPassword()).isEqualTo(theirs.theirPassword()).hasSize(24);
        assertThat(ours.theirPassword()).isEqualTo(theirs.ourPassword());
        assertThat(ours.streams()).isEqualTo(theirs.streams());
        assertThat(ours.first()).isNotEqualTo(theirs.first());
        assertThat(ours.srtp().localKey()).isNotEqualTo(ours.srtp().remoteKey());
        assertThat(ours.ourPassword()).isNotEqualTo(ours.theirPassword());
    }

    @Test
    void anotherSecretGivesOtherKeys() {
        byte[] foreign = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        LinkKeys ours = agreed(one, two.end(), SECRET);
        LinkKeys theirs = agreed(two, one.end(), foreign);

        assertThat(ours.srtp().localKey()).isNotEqualTo(theirs.srtp().remoteKey());
        assertThat(ours.ourPassword()).isNotEqualTo(theirs.theirPassword());
    }

    @Test
    void whoWasToldSomethingElseHasOtherKeys() {
        LinkEnd told = two.end();
        String nonce = (told.nonce().charAt(0) == '0' ? "1" : "0") + told.nonce().substring(1);
        var changed = new LinkEnd(told.fragment(), told.publicKey(), nonce, told.addresses());
        LinkKeys ours = agreed(one, changed, SECRET);
        LinkKeys theirs = agreed(two, one.end(), SECRET);

        assertThat(ours.srtp().localKey()).isNotEqualTo(theirs.srtp().remoteKey());
    }

    @Test
    void anEndAgreesOnce() {
        agreed(one, two.end(), SECRET);

        assertThat(one.agree(two.end(), SECRET)).isNull();
        assertThat(one.agree(OwnEnd.make(List.of(), random).end(), SECRET)).isNull();
    }

    @Test
    void theSameOtherEndGivesOtherKeysToEachOfOurs() {
        LinkKeys first = agreed(one, two.end(), SECRET);
        LinkKeys second = agreed(OwnEnd.make(List.of(), random), two.end(), SECRET);

        assertThat(first.srtp().localKey()).isNotEqualTo(second.srtp().localKey());
        assertThat(first.srtp().localKey()).isNotEqualTo(second.srtp().remoteKey());
    }

    @Test
    void whatCannotBeAnEndIsRefusedAndUsesNothingUp() {
        LinkEnd good = two.end();
        List<InetSocketAddress> none = List.of();
        String key = good.publicKey();
        String smallOrder = key.substring(0, key.length() - 64) + "0".repeat(64);
        List<LinkEnd> bad =
                List.of(
                        one.end(),
                        new LinkEnd("", key, good.nonce(), none),
                        new LinkEnd("a\nb1", key, good.nonce(), none),
                        new LinkEnd(good.fragment(), "", good.nonce(), none),
                        new LinkEnd(good.fragment(), key.substring(2), good.nonce(), none),
                        new LinkEnd(good.fragment(), key + "00", good.nonce(), none),
                        new LinkEnd(good.fragment(), "x" + key.substring(1), good.nonce(), none),
                        new LinkEnd(good.fragment(), smallOrder, good.nonce(), none),
                        new LinkEnd(good.fragment(), key, "", none));

        assertThat(bad).allSatisfy(end -> assertThat(one.agree(end, SECRET)).isNull());
        assertThat(one.agree(good, SECRET)).isNotNull();
    }

    @Test
    void aShortSecretIsNone() {
        assertThatThrownBy(() -> one.agree(two.end(), new byte[15]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreNotPrinted() {
        LinkKeys keys = agreed(one, two.end(), SECRET);

        assertThat(keys.toString()).doesNotContain(keys.ourPassword());
        assertThat(one.toString()).doesNotContain(one.end().publicKey());
    }

    @Test
    void allStreamsOfALinkHaveNamesOfTheirOwn() {
        var plan = new LinkPlan("", LinkPlan.MOST, LinkPlan.MOST, Map.of());
        List<NegotiatedMedia> ours = LinkSections.of(plan, agreed(one, two.end(), SECRET));
        List<NegotiatedMedia> theirs = LinkSections.of(plan, agreed(two, one.end(), SECRET));
        var names = new HashSet<Integer>();
        for (int i = 0; i < ours.size(); i++) {
            names.add(ours.get(i).localSsrc());
            names.add(ours.get(i).localRtxSsrc());
            names.add(theirs.get(i).localSsrc());
            names.add(theirs.get(i).localRtxSsrc());
            assertThat(ours.get(i).remoteSsrcs().getFirst().ssrc())
                    .isEqualTo(theirs.get(i).localSsrc());
            assertThat(theirs.get(i).remoteSsrcs().getFirst().rtxSsrc())
                    .isEqualTo(ours.get(i).localRtxSsrc());
        }

        assertThat(names).hasSize(4 * ours.size()).doesNotContain(0);
    }

    @Test
    void sectionsTakeWhateverPublishersAgreeOn() {
        var plan = new LinkPlan("", 1, 1, Map.of());
        var known = new HashSet<CodecFormat>();
        LinkSections.of(plan, agreed(one, two.end(), SECRET)).stream()
                .flatMap(section -> section.codecs().stream())
                .map(CodecFormat::of)
                .forEach(known::add);

        assertThat(known)
                .contains(
                        CodecFormat.of(Sections.opus(109)),
                        CodecFormat.of(Sections.vp8(120, -1)),
                        CodecFormat.of(Sections.h264(102, 103, "42e01f")),
                        CodecFormat.of(Sections.h264(102, 103, "42c028")),
                        CodecFormat.of(Sections.h264(102, 103, "42001f")));
    }

    @Test
    void checksGoFromEachFittingSocketToTheBestAddressesFirst() throws Exception {
        var sockets = List.of(at("192.0.2.1"), at("2001:db8::1"), at("127.0.0.1"));
        var theirs = List.of(at("127.0.0.1"), at("198.51.100.9"), at("2001:db8::9"), at("0.0.0.0"));

        assertThat(Ways.of(sockets, theirs))
                .containsExactly(
                        new PeerPath(0, at("198.51.100.9")),
                        new PeerPath(1, at("2001:db8::9")),
                        new PeerPath(2, at("127.0.0.1")));
    }

    private static InetSocketAddress at(String address) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(address), 5_000);
    }

    private static LinkKeys agreed(OwnEnd ours, LinkEnd theirs, byte[] secret) {
        return Objects.requireNonNull(ours.agree(theirs, secret));
    }
}
