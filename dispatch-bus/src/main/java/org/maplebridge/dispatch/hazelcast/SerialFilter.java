package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;

/// Which classes a member makes of bytes that another one sent: our own wire records, and what a
/// failure consists of. Hazelcast's own defaults would let in everything of the JDK.
///
/// Covers Java's serialization and the compact form. Hazelcast's third form, for its own
/// operations, knows no filter: one more reason why the port must stay private.
final class SerialFilter {
    /// Failures travel in Java's form, and these are their bones.
    private static final String[] FAILURES = {
        "java.lang.Throwable",
        "java.lang.Exception",
        "java.lang.RuntimeException",
        "java.lang.Error",
        "java.lang.ArithmeticException",
        "java.lang.ClassCastException",
        "java.lang.IllegalArgumentException",
        "java.lang.IllegalStateException",
        "java.lang.IndexOutOfBoundsException",
        "java.lang.InterruptedException",
        "java.lang.NullPointerException",
        "java.lang.UnsupportedOperationException",
        "java.lang.LinkageError",
        "java.lang.VirtualMachineError",
        "java.lang.OutOfMemoryError",
        "java.io.IOException",
        "java.io.EOFException",
        "java.util.ConcurrentModificationException",
        "java.util.NoSuchElementException",
        "java.util.concurrent.CancellationException",
        "java.util.concurrent.CompletionException",
        "java.util.concurrent.ExecutionException",
        "java.util.concurrent.RejectedExecutionException",
        "java.util.concurrent.TimeoutException",
        "java.lang.StackTraceElement",
        "[Ljava.lang.StackTraceElement;",
        "java.util.ArrayList",
        "java.util.CollSer",
        "java.util.Collections$EmptyList",
    };

    private SerialFilter() {}

    static void apply(SerializationConfig config) {
        var java = new JavaSerializationFilterConfig();
        java.setDefaultsDisabled(true);
        java.getWhitelist().addClasses(FAILURES).addPrefixes("com.hazelcast.");
        java.getBlacklist().addPrefixes("com.hazelcast.jet.", "com.hazelcast.shaded.");
        config.setJavaSerializationFilterConfig(java);
        var compact = new JavaSerializationFilterConfig();
        compact.getWhitelist().addPrefixes(Wire.class.getName() + "$");
        config.getCompactSerializationConfig().setZeroConfigFilter(compact);
    }
}
