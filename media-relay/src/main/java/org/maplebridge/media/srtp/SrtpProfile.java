package org.maplebridge.media.srtp;

import java.util.Optional;

/// Protection profiles we speak, best first: the order in which DTLS prefers them.
public enum SrtpProfile {
    /// RFC 7714 §14.2.
    AEAD_AES_128_GCM(0x0007, 16, 12, 16, 20),
    AEAD_AES_256_GCM(0x0008, 32, 12, 16, 20),
    /// RFC 5764 §4.1.2; mandatory for WebRTC, and what GStreamer and aiortc choose.
    AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, 10, 14);

    private final int dtlsId;
    private final int keyLength;
    private final int saltLength;
    private final int rtpOverhead;
    private final int rtcpOverhead;

    SrtpProfile(int dtlsId, int keyLength, int saltLength, int rtpOverhead, int rtcpOverhead) {
        this.dtlsId = dtlsId;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.rtpOverhead = rtpOverhead;
        this.rtcpOverhead = rtcpOverhead;
    }

    /// The profile's number in DTLS `use_srtp` (IANA: DTLS-SRTP protection profiles).
    public int dtlsId() {
        return dtlsId;
    }

    /// Bytes of a master key.
    public int keyLength() {
        return keyLength;
    }

    /// Bytes of a master salt.
    public int saltLength() {
        return saltLength;
    }

    /// Bytes a protected RTP packet is longer by: the tag.
    public int rtpOverhead() {
        return rtpOverhead;
    }

    /// Bytes a protected RTCP packet is longer by: the tag and the 4-byte index.
    public int rtcpOverhead() {
        return rtcpOverhead;
    }

    boolean isAead() {
        return this != AES128_CM_HMAC_SHA1_80;
    }

    public static Optional<SrtpProfile> ofDtlsId(int dtlsId) {
        for (SrtpProfile profile : values()) {
            if (profile.dtlsId == dtlsId) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
