package org.maplebridge.signaling.objects;

import org.jspecify.annotations.Nullable;

/// Why the object store did not do it.
public final class ObjectStoreFault extends Exception {
    private static final long serialVersionUID = 1;

    public enum Kind {
        /// It does not answer, or is busy: the same may be tried again.
        AWAY("store-away"),

        /// It does not know our key, or does not let it do that.
        KEY_REFUSED("store-away"),

        /// It has no such bucket.
        NO_BUCKET("store-away"),

        /// It does not have the object.
        MISSING("not-in-store"),

        /// What it gave back is not what was put.
        CHANGED("damaged"),

        /// No room here for what it has.
        NO_ROOM("no-room");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    private final Kind kind;

    public ObjectStoreFault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// The word that people's pages turn into a sentence: who may look at a picture cannot do
    /// anything about keys.
    public String code() {
        return kind.code;
    }

    /// Whether the same may go well in a while.
    public boolean isPassing() {
        return code().equals(Kind.AWAY.code) || kind == Kind.NO_ROOM;
    }
}
