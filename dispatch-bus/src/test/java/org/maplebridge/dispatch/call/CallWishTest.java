package org.maplebridge.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.call.CallWish.Answering;
import org.maplebridge.dispatch.call.CallWish.Device;
import org.maplebridge.dispatch.model.SessionId;

/// Where a call comes out: the whole table.
class CallWishTest {
    /// `t` is the unit's terminal, `c` a console; capital ones do not pick up by themselves.
    @ParameterizedTest(name = "{0} {1} to {2} opens at {3}")
    @CsvSource(
            value = {
                "AUTO   | floor  | t    | 0",
                "AUTO   | floor  | T    | rings",
                "AUTO   | floor  | cCc  | 0 2",
                "AUTO   | floor  | CC   | rings",
                "AUTO   | duplex | t    | 0",
                "AUTO   | duplex | c    | 0",
                "AUTO   | duplex | cC   | 0",
                "AUTO   | duplex | cc   | rings",
                "AUTO   | duplex | cct  | 2",
                "AUTO   | duplex | cT   | 0",
                "MANUAL | floor  | tc   | rings",
                "MANUAL | duplex | t    | rings",
                "FORCED | floor  | TCc  | 0 1 2",
                "FORCED | duplex | CT   | 1",
                "FORCED | duplex | CC   | 0",
            },
            delimiter = '|')
    void opensWhereItMay(Answering answering, String kind, String devices, String at) {
        var wish = Wishes.wish(new SessionId("room"), kind.equals("floor"), answering, of(devices));

        assertThat(wish.opensAt()).isEqualTo(sessions(at));
    }

    private static List<Device> of(String letters) {
        var devices = new ArrayList<Device>();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            devices.add(
                    new Device(
                            new SessionId("" + i),
                            Character.toLowerCase(letter) == 't',
                            Character.isLowerCase(letter)));
        }
        return devices;
    }

    private static List<SessionId> sessions(String at) {
        return at.equals("rings")
                ? List.of()
                : Arrays.stream(at.split(" ", -1)).map(SessionId::new).toList();
    }
}
