package org.maplebridge.load.county;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.maplebridge.load.county.Conversations.Talk;
import org.maplebridge.load.county.County.Talkers;
import org.maplebridge.load.county.Handheld.Verdict;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallBroadcast;
import org.maplebridge.signaling.protocol.ServerMessage.Answer;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// The city centre speaks to everybody at once.
///
/// Thread: the scenario's.
public final class Broadcasts {
    private static final String COUNTY = "group-county";
    private static final long GRANT_MILLIS = 5_000;

    private Broadcasts() {}

    /// Who is to hear it.
    public static Talkers audience(Handheld city, List<Handheld> listeners) throws IOException {
        var group =
                city.groups().values().stream()
                        .max(
                                Comparator.comparing((Group g) -> g.id().equals(COUNTY))
                                        .thenComparing(g -> g.members().size())
                                        .thenComparing(Group::id))
                        .orElseThrow(() -> new IOException("the city hears of no group"));
        Predicate<Group> heard = g -> g.id().equals(group.id()) && g.affiliated();
        return new Talkers(
                group.id(),
                listeners.stream()
                        .filter(l -> l.groups().values().stream().anyMatch(heard))
                        .toList());
    }

    public static Talk begin(Handheld city, Talkers audience) throws IOException {
        var press = city.begin(audience.group());
        var broadcast = new CallBroadcast(UUID.randomUUID().toString(), audience.group());
        if (city.signalling().ask(broadcast) instanceof Answer.Refused refused) {
            city.media().orElseThrow().cut();
            throw new IOException("the broadcast is refused: " + refused.code());
        }
        if (press.await(GRANT_MILLIS).orElse(null) instanceof Verdict.Granted(long waited)) {
            return new Talk(press, city, audience, waited);
        }
        throw new IOException("no floor for the broadcast");
    }

    public static void end(Talk talk) {
        talk.talker().release(talk.group().group());
    }
}
