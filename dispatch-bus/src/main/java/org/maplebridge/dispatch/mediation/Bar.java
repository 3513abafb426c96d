package org.maplebridge.dispatch.mediation;

import java.util.Locale;

/// Why something was not done at a table.
public enum Bar {
    MEDIATION_OVER("It is over."),
    NO_SUCH_PERSON("Nobody of that name sits at this table."),
    NOT_PRESENT("They are not connected."),
    MEDIATOR_ONLY("Only who leads the mediation does that."),
    CONSENT_REQUIRED("First they have to agree to keep what is said here to themselves."),
    TABLE_LOCKED("The table is locked: nobody new comes in."),
    OTHER_SIDE("That room is another party's."),
    NO_SUCH_ROOM("Only a party has a private room."),
    ROOM_FULL("No more people fit into a room."),
    KNOCK_FIRST("They talk among themselves: knock first."),
    NOBODY_KNOCKED("Nobody waits to be let in."),
    NOBODY_THERE("Nobody is in that room."),
    TOO_MANY_PEOPLE("No more people fit at a table."),
    TEXT_OUTDATED("The text shown is not the one that holds now."),
    TEXT_CHANGED("The text has changed since: read it again."),
    NOT_READ_BACK("It has not been read back yet."),
    NOTHING_WRITTEN("There is no such text yet."),
    NOT_A_SIGNER("This one's name does not stand under it."),
    SIGNED_ALREADY("It is signed."),
    NO_SIGNATURE("That is no name."),
    SIGNATURES_MISSING("Not everybody has signed."),
    IDENTITY_REFUSED("Name and number do not fit."),
    RECORDING_REFUSED("Somebody who is there has not agreed to be recorded."),
    NOT_PRIVATE("Only a private talk is asked for: the joint one goes by the consents."),
    NOBODY_ASKED("Nobody asks to record this talk."),
    NO_FONT("The server has no font with Chinese to print with."),
    NO_SUCH_EXHIBIT("Nothing of that kind is there to be shown."),
    NOT_IN_THAT_ROOM("Only who is in a room shows something there."),
    NOT_YOURS("Only who laid it there does that."),
    ONLY_LISTENS("Who only listens shows nothing."),
    BAD_MARK("That is no mark on a picture."),
    TOO_MANY_MARKS("As many marks are drawn as there may be: clear them first."),
    TABLE_FULL("As much lies on the table as fits: take something off first."),
    NO_SUCH_EXPERT("Nobody of that account can be asked in."),
    SITS_HERE("They sit at this table."),
    RINGS_ALREADY("They are being rung."),
    NO_SUCH_RING("Nobody rings any more."),
    NO_NUMBER("No telephone number of theirs is kept."),
    BAD_NUMBER("What is kept of them is no number that can be dialled."),
    NO_GATEWAY("No gateway to the telephone network is connected."),
    CALLED_ALREADY("There is a call to them already."),
    NO_SUCH_CALL("There is no such call any more."),
    NO_SUCH_KEY("That key means nothing now."),
    NOT_ANSWERED("Nobody has answered yet."),
    ANSWERED_ALREADY("It was answered before."),
    NOT_BY_TELEPHONE("They do not sit here by telephone."),
    TOO_MUCH("More than a mediation ever needs.");

    private final String sentence;

    Bar(String sentence) {
        this.sentence = sentence;
    }

    /// The code of the wire.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String sentence() {
        return sentence;
    }
}
