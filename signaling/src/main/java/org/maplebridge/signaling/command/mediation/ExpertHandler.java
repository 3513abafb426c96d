package org.maplebridge.signaling.command.mediation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.protocol.ExpertMessage;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertAnswer;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertRing;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertInvited;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;

/// What somebody who is rung for a mediation says at their console or terminal.
///
/// Thread: any; each session's own.
public final class ExpertHandler {
    private final Rings rings;

    public ExpertHandler(Rings rings) {
        this.rings = rings;
    }

    public Reply handle(Peer peer, ExpertMessage message, @Nullable String id)
            throws RecordUnavailable {
        return switch (message) {
            case ExpertAnswer(String ring, boolean accept) ->
                    switch (rings.answer(peer, ring, accept)) {
                        case Rings.Answered.Barred(Bar why) ->
                                new Reply.Refused(
                                        new Refusal(why.code(), why.sentence(), Map.of()));
                        case Rings.Answered.Done(@Nullable String path) ->
                                path == null
                                        ? Reply.DONE
                                        : new Reply.Said(new ExpertInvited(id, path));
                    };
            case ExpertRing _ ->
                    Reply.refuse(RefusalCode.NOT_ALLOWED, "Only a place at a table opens this.");
        };
    }
}
