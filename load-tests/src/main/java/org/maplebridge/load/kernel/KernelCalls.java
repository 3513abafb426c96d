package org.maplebridge.load.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library's calls a measuring client needs and Java does not offer: receiving with the
/// kernel's own arrival time.
final class KernelCalls {
    /// What [#send] and [#receive] say when the kernel has learned that nobody has the far port
    /// open.
    static final int REFUSED = -111; // ECONNREFUSED

    /// Room that [#send] and [#receive] need; one for each thread.
    static final StructLayout STATE = Linker.Option.captureStateLayout();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET =
            bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT =
            bind("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            bind("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SEND =
            bindWithError("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            bindWithError("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);

    private KernelCalls() {}

    static int socket(int family, int type) {
        try {
            return (int) SOCKET.invokeExact(family, type, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int connect(int fd, MemorySegment address, int length) {
        try {
            return (int) CONNECT.invokeExact(fd, address, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int setOption(int fd, int level, int name, MemorySegment value, int length) {
        try {
            return (int) SETSOCKOPT.invokeExact(fd, level, name, value, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int socketName(int fd, MemorySegment address, MemorySegment length) {
        try {
            return (int) GETSOCKNAME.invokeExact(fd, address, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// @param state room of [#STATE]
    /// @return bytes sent, −1, or [#REFUSED]
    static long send(MemorySegment state, int fd, MemorySegment data, long length) {
        try {
            long sent = (long) SEND.invokeExact(state, fd, data, length, 0);
            return sent < 0 ? error(state) : sent;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// @param state room of [#STATE]
    /// @return datagrams received, −1 when there is none, or [#REFUSED]
    static int receive(MemorySegment state, int fd, MemorySegment messages, int count) {
        try {
            int received =
                    (int) RECVMMSG.invokeExact(state, fd, messages, count, 0, MemorySegment.NULL);
            return received < 0 ? error(state) : received;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static int error(MemorySegment state) {
        return (int) ERRNO.get(state, 0L) == -REFUSED ? REFUSED : -1;
    }

    private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle bindWithError(
            String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static AssertionError broken(Throwable cause) {
        return new AssertionError("a bound C function threw", cause);
    }
}
