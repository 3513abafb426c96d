package org.maplebridge.signaling.boot;

/// Says in words what is missing when Java is too old; starts the server otherwise.
///
/// Compiled for Java 17, the only class that is, so that an old Java can at least read this one.
public final class Launcher {
    private static final int NEEDED = 25;

    private Launcher() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int present = Runtime.version().feature();
        if (present < NEEDED) {
            System.err.println(
                    "Maplebridge needs Java "
                            + NEEDED
                            + " or newer; this is Java "
                            + present
                            + ".");
            System.exit(2);
        }
        Class.forName("org.maplebridge.signaling.boot.Maplebridge")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
