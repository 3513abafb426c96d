package org.maplebridge.media.syscall;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/// The C library's socket calls, bound once. Constants are those of 64-bit x86 and ARM Linux.
///
/// Every call takes room for `errno`, made by [#newErrno], since another call of the virtual
/// machine may overwrite the thread's own.
final class LinuxSockets {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int POLLOUT = 4;

    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int EOPNOTSUPP = 95;
    static final int ENOBUFS = 105;

    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x8_0000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            ERRNO_LAYOUT.byteOffset(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = bind("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT);
    private static final MethodHandle POLL = bind("poll", ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMMSG =
            bind("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private LinuxSockets() {}

    /// Whether the constants above hold here. A class of its own, because the one around it does
    /// not load where they do not.
    static final class Platform {
        private Platform() {}

        static boolean isKnown() {
            String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            return System.getProperty("os.name", "").equals("Linux")
                    && (architecture.equals("amd64") || architecture.equals("aarch64"));
        }
    }

    static MemorySegment newErrno(Arena arena) {
        return arena.allocate(ERRNO_LAYOUT);
    }

    static int errno(MemorySegment errno) {
        return errno.get(JAVA_INT, ERRNO_OFFSET);
    }

    /// A non-blocking UDP socket, or −1.
    static int udpSocket(MemorySegment errno, int family) {
        try {
            return (int)
                    SOCKET.invokeExact(errno, family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int bind(MemorySegment errno, int fd, MemorySegment address, int length) {
        try {
            return (int) BIND.invokeExact(errno, fd, address, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int setOption(
            MemorySegment errno, int fd, int level, int name, MemorySegment value, int length) {
        try {
            return (int) SETSOCKOPT.invokeExact(errno, fd, level, name, value, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int setOption(MemorySegment errno, int fd, int level, int name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return setOption(errno, fd, level, name, arena.allocateFrom(JAVA_INT, value), 4);
        }
    }

    static void close(MemorySegment errno, int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(errno, fd);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// @param pollfd one `struct pollfd`
    static int poll(MemorySegment errno, MemorySegment pollfd, int timeoutMillis) {
        try {
            return (int) POLL.invokeExact(errno, pollfd, 1L, timeoutMillis);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Messages taken by the kernel, or −1 when it refused the first.
    static int sendmmsg(MemorySegment errno, int fd, MemorySegment messages, int count) {
        try {
            return (int) SENDMMSG.invokeExact(errno, fd, messages, count, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static MethodHandle bind(String name, ValueLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static AssertionError broken(Throwable cause) {
        return new AssertionError("a bound C function threw", cause);
    }
}
