package org.maplebridge.load.compare;

import java.io.IOException;
import org.maplebridge.load.client.Door;
import org.maplebridge.load.measure.ProcessFigures;

/// A server under test while it runs.
///
/// Thread: the scenario's.
public interface RunningServer extends AutoCloseable {
    /// The way in for terminals.
    Door door();

    /// What the kernel says of its process.
    ProcessFigures figures();

    /// What it is and how it was set, for the report.
    String describe() throws IOException;

    @Override
    void close();
}
