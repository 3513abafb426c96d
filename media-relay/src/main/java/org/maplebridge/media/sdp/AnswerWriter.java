package org.maplebridge.media.sdp;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.sdp.text.SdpText.Section;

/// Writes an answer: one section for each of the offer's, ours to be reached as ICE-lite and DTLS
/// server, all bundled on the first one taken (RFC 8829 §5.3).
///
/// Thread: confined to one call.
final class AnswerWriter {
    private static final int HOST_PREFERENCE = 126; // RFC 8445 §5.1.2.2

    /// Below every UDP one: TCP waits for what is lost, so it is for who gets through by nothing
    /// else (RFC 6544 §4.2; the type preference is the one browsers take).
    private static final int TCP_HOST_PREFERENCE = 90;

    /// Of a passive one, above the other preference's 13 bits (RFC 6544 §4.2).
    private static final int PASSIVE_PREFERENCE = 4 << 13;

    private static final int HIGHEST_OTHER_PREFERENCE = (1 << 13) - 1;

    /// Speech over a mobile link: packets of 10 ms allowed, repaired in band, mono.
    private static final String OPUS = "minptime=10;useinbandfec=1;stereo=0";

    /// A microphone sends every packet while its key is down, and nothing while it is up: packets
    /// left out in between would look like the end of the talk, or like loss.
    private static final String OPUS_MICROPHONE = OPUS + ";usedtx=0";

    /// Where Chromium's estimator starts, in kbit/s; from its own 300 it climbs for over 10 s.
    private static final String START_BITRATE = "x-google-start-bitrate=1000";

    /// We ask publishers by it, and want no viewer's own guess: arrival feedback says more.
    private static final String RATE_LIMIT = "goog-remb";

    private final StringBuilder text = new StringBuilder(4_096);
    private final LocalSide local;
    private final IceCredentials ice;
    private boolean candidatesWritten;

    private AnswerWriter(LocalSide local, IceCredentials ice) {
        this.local = local;
        this.ice = ice;
    }

    static String write(
            OfferedSession session, Negotiated negotiated, LocalSide local, IceCredentials ice) {
        return new AnswerWriter(local, ice).session(session, negotiated);
    }

    /// Answers a restart by fragment: the section that stands for the bundle, its transport only.
    static String fragment(Negotiated negotiated, LocalSide local) {
        var writer = new AnswerWriter(local, local.ice());
        NegotiatedMedia tagged = negotiated.media().getFirst();
        writer.line("a=ice-lite");
        writer.line(
                "m="
                        + tagged.kind().sdpName()
                        + " 9 UDP/TLS/RTP/SAVPF "
                        + tagged.codecs().getFirst().payloadType());
        writer.line("a=mid:" + tagged.mid());
        writer.credentials();
        writer.candidates();
        return writer.text.toString();
    }

    private String session(OfferedSession session, Negotiated negotiated) {
        Map<String, NegotiatedMedia> byMid = new HashMap<>();
        negotiated.media().forEach(media -> byMid.put(media.mid(), media));
        line("v=0");
        line(
                "o=- "
                        + negotiated.sessionId()
                        + " "
                        + negotiated.version()
                        + " IN IP4 127.0.0.1"); // says nothing about us, as browsers do
        line("s=-");
        line("t=0 0");
        line("a=ice-lite");
        List<String> bundled =
                session.bundle().stream().filter(byMid::containsKey).distinct().toList();
        line("a=group:BUNDLE " + String.join(" ", bundled));
        line("a=msid-semantic: WMS *");
        for (Section section : session.all()) {
            NegotiatedMedia media = byMid.get(section.mid());
            if (media == null || section.mid().isEmpty()) {
                rejected(section);
            } else {
                media(section, media, bundled.getFirst(), session.mixed(section));
            }
        }
        return text.toString();
    }

    private void rejected(Section section) {
        line(
                "m="
                        + section.media()
                        + " 0 "
                        + section.protocol()
                        + " "
                        + section.formats().getFirst());
        line("c=IN IP4 0.0.0.0");
        if (!section.mid().isEmpty()) {
            line("a=mid:" + section.mid());
        }
        line("a=inactive");
    }

    private void media(Section section, NegotiatedMedia media, String tagged, boolean mixed) {
        var formats = new StringBuilder();
        for (NegotiatedCodec codec : media.codecs()) {
            formats.append(' ').append(codec.payloadType());
            if (codec.rtxPayloadType() >= 0) {
                formats.append(' ').append(codec.rtxPayloadType());
            }
        }
        InetSocketAddress at = local.candidates().isEmpty() ? null : local.candidates().getFirst();
        line(
                "m="
                        + section.media()
                        + " "
                        + (at == null ? 9 : at.getPort())
                        + " "
                        + section.protocol()
                        + formats);
        line("c=IN " + (at == null ? "IP4 0.0.0.0" : connection(at)));
        if (media.mid().equals(tagged)) {
            candidates();
        }
        credentials();
        line("a=fingerprint:" + local.fingerprint());
        line("a=setup:passive");
        line("a=mid:" + media.mid());
        if (mixed && media.scalable()) { // a structure is too long for the one-byte form
            line("a=extmap-allow-mixed");
        }
        extensions(media.extensions());
        line("a=" + OfferedSession.SectionRole.answered(media));
        if (media.peerReceives()) {
            line("a=msid:" + media.msid());
        }
        line("a=rtcp-mux");
        if (section.attributes().has("rtcp-rsize")) {
            line("a=rtcp-rsize");
        }
        media.codecs().forEach(codec -> codec(codec, media.peerSends()));
        if (!media.scalable()) {
            layers(media.rids());
        }
        streams(media);
    }

    /// The layers we take, as they were offered (RFC 8853 §5.3).
    private void layers(List<String> rids) {
        rids.forEach(rid -> line("a=rid:" + rid + " recv"));
        if (!rids.isEmpty()) {
            line("a=simulcast:recv " + String.join(";", rids));
        }
    }

    private void credentials() {
        line("a=ice-ufrag:" + ice.fragment());
        line("a=ice-pwd:" + ice.password());
    }

    private void candidates() {
        if (candidatesWritten) {
            return;
        }
        candidatesWritten = true;
        int preference = 65_535;
        int foundation = 1;
        for (InetSocketAddress address : local.candidates()) {
            candidate(foundation++, "udp", HOST_PREFERENCE, preference--, address, "");
        }
        preference = PASSIVE_PREFERENCE + HIGHEST_OTHER_PREFERENCE;
        for (InetSocketAddress address : local.tcpCandidates()) {
            candidate(
                    foundation++,
                    "tcp",
                    TCP_HOST_PREFERENCE,
                    preference--,
                    address,
                    " tcptype passive");
        }
        line("a=end-of-candidates");
    }

    private void candidate(
            int foundation,
            String transport,
            int typePreference,
            int localPreference,
            InetSocketAddress at,
            String extension) {
        long priority = ((long) typePreference << 24) + ((long) localPreference << 8) + 255;
        line(
                "a=candidate:"
                        + foundation
                        + " 1 "
                        + transport
                        + " "
                        + priority
                        + " "
                        + host(at)
                        + " "
                        + at.getPort()
                        + " typ host"
                        + extension);
    }

    private void extensions(ExtensionIds ids) {
        extension(ids.audioLevel(), RtpHeaderExtensions.AUDIO_LEVEL);
        extension(ids.transportWide(), RtpHeaderExtensions.TRANSPORT_WIDE);
        extension(ids.mid(), RtpHeaderExtensions.MID);
        extension(ids.rid(), RtpHeaderExtensions.RID);
        extension(ids.repairedRid(), RtpHeaderExtensions.REPAIRED_RID);
        extension(ids.dependency(), RtpHeaderExtensions.DEPENDENCY);
    }

    private void extension(int id, String name) {
        if (id > 0) {
            line("a=extmap:" + id + " " + name);
        }
    }

    private void codec(NegotiatedCodec codec, boolean peerSends) {
        int type = codec.payloadType();
        String channels = codec.channels() > 1 ? "/" + codec.channels() : "";
        line(
                "a=rtpmap:"
                        + type
                        + " "
                        + codec.name().sdpName()
                        + "/"
                        + codec.clockRate()
                        + channels);
        codec.feedback().stream()
                .filter(message -> peerSends || !message.equals(RATE_LIMIT))
                .sorted()
                .forEach(message -> line("a=rtcp-fb:" + type + " " + message));
        String fmtp = fmtp(codec, peerSends);
        if (!fmtp.isEmpty()) {
            line("a=fmtp:" + type + " " + fmtp);
        }
        if (codec.rtxPayloadType() >= 0) {
            line("a=rtpmap:" + codec.rtxPayloadType() + " rtx/" + codec.clockRate());
            line("a=fmtp:" + codec.rtxPayloadType() + " apt=" + type);
        }
    }

    private static String fmtp(NegotiatedCodec codec, boolean peerSends) {
        return switch (codec.name()) {
            case OPUS -> peerSends ? OPUS_MICROPHONE : OPUS;
            case RED -> String.join(";", codec.fmtp().keySet());
            case VP8 -> peerSends ? START_BITRATE : "";
            case H264 -> h264(codec) + (peerSends ? ";" + START_BITRATE : "");
            case VP9 -> "profile-id=0" + (peerSends ? ";" + START_BITRATE : "");
            case AV1 -> av1(codec) + (peerSends ? ";" + START_BITRATE : "");
        };
    }

    private static String h264(NegotiatedCodec codec) {
        String profile = codec.fmtp().getOrDefault("profile-level-id", "");
        return "level-asymmetry-allowed=1;packetization-mode=1"
                + (profile.isEmpty() ? "" : ";profile-level-id=" + profile);
    }

    /// As offered: these say what both take.
    private static String av1(NegotiatedCodec codec) {
        return "level-idx="
                + codec.fmtp().getOrDefault("level-idx", "5")
                + ";profile=0;tier="
                + codec.fmtp().getOrDefault("tier", "0");
    }

    private void streams(NegotiatedMedia media) {
        if (!media.peerReceives()) {
            return;
        }
        String ssrc = Integer.toUnsignedString(media.localSsrc());
        String rtx = Integer.toUnsignedString(media.localRtxSsrc());
        if (media.localRtxSsrc() != 0) {
            line("a=ssrc-group:FID " + ssrc + " " + rtx);
        }
        line("a=ssrc:" + ssrc + " cname:" + media.cname());
        if (media.localRtxSsrc() != 0) {
            line("a=ssrc:" + rtx + " cname:" + media.cname());
        }
    }

    private static String connection(InetSocketAddress address) {
        String family = address.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ";
        return family + host(address);
    }

    /// Without the zone a local IPv6 address may carry.
    private static String host(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }
}
