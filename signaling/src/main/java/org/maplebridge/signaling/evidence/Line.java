package org.maplebridge.signaling.evidence;

import java.io.IOException;
import java.io.InputStream;

/// What can happen to the way that a body comes by, as distinct from a disk that is full.
final class Line {
    private Line() {}

    /// Nothing more will come by this request.
    static final class Lost extends IOException {
        private static final long serialVersionUID = 1;

        Lost(IOException cause) {
            super("the line was lost", cause);
        }
    }

    /// More came than was said.
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /// The sender goes on by another request.
    static final class Superseded extends IOException {
        private static final long serialVersionUID = 1;
    }

    static int read(InputStream from, byte[] buffer) throws Lost {
        try {
            return from.read(buffer);
        } catch (IOException e) {
            throw new Lost(e);
        }
    }
}
