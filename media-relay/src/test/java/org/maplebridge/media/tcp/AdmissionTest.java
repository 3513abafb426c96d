package org.maplebridge.media.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(new TcpLimits(6, 4, 3, 2));

    @Test
    void soManyOfOneAddressMayProveThemselvesAtATime() {
        assertThat(admission.admit(host(1))).isNull();
        assertThat(admission.admit(host(1))).isNull();
        assertThat(admission.admit(host(1))).isEqualTo(TcpEnd.FULL_OF_UNPROVED_FOR_ADDRESS);

        admission.proved(host(1));
        assertThat(admission.admit(host(1))).isNull();
        admission.left(host(1), false);
        assertThat(admission.admit(host(1))).isNull();
    }

    @Test
    void soManyAltogetherMayProveThemselvesAtATime() {
        assertThat(admission.admit(host(1))).isNull();
        assertThat(admission.admit(host(2))).isNull();
        assertThat(admission.admit(host(3))).isNull();
        assertThat(admission.admit(host(4))).isEqualTo(TcpEnd.FULL_OF_UNPROVED);

        admission.left(host(2), false);
        assertThat(admission.admit(host(4))).isNull();
    }

    @Test
    void soManyMayBeOpenFromOneAddressAndAltogether() {
        for (int i = 0; i < 4; i++) {
            enter(host(1));
        }
        assertThat(admission.admit(host(1))).isEqualTo(TcpEnd.FULL_FOR_ADDRESS);
        enter(host(2));
        enter(host(3));
        assertThat(admission.admit(host(4))).isEqualTo(TcpEnd.FULL);

        admission.left(host(1), true);
        assertThat(admission.admit(host(1))).isNull();
        assertThat(admission.open()).isEqualTo(6);
        assertThat(admission.unproved()).isEqualTo(1);
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() throws Exception {
        assertThat(admission.admit(InetAddress.getByName("2001:db8::1"))).isNull();
        assertThat(admission.admit(InetAddress.getByName("2001:db8::ffff:2"))).isNull();
        assertThat(admission.admit(InetAddress.getByName("2001:db8::3")))
                .isEqualTo(TcpEnd.FULL_OF_UNPROVED_FOR_ADDRESS);
        assertThat(admission.admit(InetAddress.getByName("2001:db8:0:1::3"))).isNull();
    }

    @Test
    void whoHasLeftIsForgotten() {
        for (int i = 1; i <= 200; i++) {
            enter(host(i));
            admission.left(host(i), true);
        }
        assertThat(admission.open()).isZero();
        assertThat(admission.unproved()).isZero();
        assertThat(admission.origins()).isZero();
    }

    private void enter(InetAddress from) {
        assertThat(admission.admit(from)).isNull();
        admission.proved(from);
    }

    private static InetAddress host(int number) {
        return InetAddress.ofLiteral("192.0.2." + number);
    }
}
