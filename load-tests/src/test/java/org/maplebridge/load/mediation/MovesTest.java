package org.maplebridge.load.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.Rooms;

/// Everybody at a table talks without a pause while the mediator moves people about. Each packet
/// says who sent it and after which move; not one may come to somebody who was not in the same room
/// when it was sent, and none of a telephone that was muted then. The relay is the real one, over
/// sockets.
class MovesTest {
    /// In which nobody can have been heard yet, and in which somebody must have been.
    private static final int LONG_DWELL_MILLIS = 700;

    @TempDir Path data;

    private static final PersonId TELEPHONE = new PersonId("p2");

    /// Who was where after each move, and whether the telephone was muted.
    private final List<Rooms> told = new ArrayList<>();

    private final List<Boolean> muted = new ArrayList<>();

    @ParameterizedTest(name = "{1} moves on {0} loops")
    @CsvSource({"1, 60", "3, 200"})
    void noPacketEverComesToARoomThatOneIsNotIn(int loops, int most) throws Exception {
        try (var talking = new TalkingTable(data, loops, Set.of(TELEPHONE))) {
            var random = new SplittableRandom(loops);
            int moves = 0;
            long heard = 0;
            boolean mute = false;
            var reached = new HashSet<String>();
            said(talking, mute);
            while (moves < most) {
                var people = some(random);
                var room = anyRoom(random);
                var mediator = talking.attendants.get(TalkingTable.MEDIATOR);
                if (random.nextInt(5) == 0) {
                    mute = !mute;
                    assertThat(talking.table.mute(mediator, TELEPHONE, mute)).isEmpty();
                } else if (talking.table.move(mediator, people, room).isPresent()) {
                    continue;
                }
                moves++;
                said(talking, mute);
                boolean dwells = moves % 8 == 0;
                talking.speechOf(dwells ? LONG_DWELL_MILLIS : random.nextInt(60, 420));
                heard += check(talking, reached);
                if (dwells) {
                    mustBeHeard(talking, reached);
                }
            }
            heard += check(talking, reached);
            assertThat(heard).as("packets heard in all").isGreaterThan(25L * most);
        }
    }

    private void said(TalkingTable talking, boolean mute) {
        told.add(talking.table.rooms());
        muted.add(mute);
        talking.say(told.size() - 1);
    }

    /// @return how many packets were heard since the last time
    private long check(TalkingTable talking, Set<String> reached) {
        long packets = 0;
        for (var listener : talking.voices.entrySet()) {
            assertThat(listener.getValue().unopened()).isZero();
            for (var heard : listener.getValue().takeHeard()) {
                int move = TalkingTable.stepOf(heard.burst());
                var speaker = TalkingTable.speakerOf(heard.burst());
                assertThat(isFor(listener.getKey(), speaker, move))
                        .as(
                                "%s heard %s of move %d: %s",
                                listener.getKey(), speaker, move, told.get(move))
                        .isTrue();
                packets += heard.packets();
                reached.add(move + " " + speaker + " " + listener.getKey());
            }
        }
        return packets;
    }

    private boolean isFor(PersonId listener, PersonId speaker, int move) {
        boolean silenced = speaker.equals(TELEPHONE) && muted.get(move);
        return told.get(move).together(listener, speaker) && !silenced;
    }

    private void mustBeHeard(TalkingTable talking, Set<String> reached) {
        int move = told.size() - 1;
        for (var listener : talking.voices.keySet()) {
            for (var speaker : talking.voices.keySet()) {
                if (isFor(listener, speaker, move)) {
                    assertThat(reached).contains(move + " " + speaker + " " + listener);
                }
            }
        }
    }

    static Set<PersonId> some(SplittableRandom random) {
        var people = new HashSet<PersonId>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            people.add(new PersonId("p" + random.nextInt(1, TalkingTable.PEOPLE + 1)));
        }
        return people;
    }

    static Room anyRoom(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Room.WAITING;
            case 1, 2, 3 -> Room.JOINT;
            case 4 -> Room.of(new PersonId("p2"));
            default -> Room.of(new PersonId("p3"));
        };
    }
}
