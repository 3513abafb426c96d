package org.maplebridge.media.syscall;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Says which of the sockets that share one port receives: by the sender's port among the first
/// few, never a send-only one.
///
/// The kernel numbers the sockets of a port in the order they were bound, so all receivers are
/// bound first. The rule is a classic BPF program, open to unprivileged processes since Linux 4.5;
/// it holds for all sockets of the port and needs attaching once.
public final class PortSteering {
    private static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
    private static final int MULTIPLY = 0x24; // BPF_ALU | BPF_MUL | BPF_K
    private static final int SHIFT_RIGHT = 0x74; // BPF_ALU | BPF_RSH | BPF_K
    private static final int MODULO = 0x94; // BPF_ALU | BPF_MOD | BPF_K
    private static final int ANSWER = 0x16; // BPF_RET | BPF_A
    private static final int ANSWER_CONSTANT = 0x06; // BPF_RET | BPF_K
    private static final int NETWORK_HEADER = -0x10_0000; // SKF_NET_OFF
    private static final int GOLDEN_RATIO = 0x9e37_79b1;

    private PortSteering() {}

    /// @param fd file descriptor of any socket of the port
    /// @param receivers sockets bound first, one for each loop
    /// @return whether the kernel took the rule
    public static boolean attach(int fd, boolean ipv6, int receivers) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = program(arena, ipv6, receivers);
            MemorySegment header = arena.allocate(16, 8); // struct sock_fprog
            header.set(JAVA_SHORT, 0, (short) (code.byteSize() / 8));
            header.set(JAVA_LONG, 8, code.address());
            return LinuxSockets.setOption(
                            LinuxSockets.newErrno(arena),
                            fd,
                            LinuxSockets.SOL_SOCKET,
                            LinuxSockets.SO_ATTACH_REUSEPORT_CBPF,
                            header,
                            16)
                    == 0;
        }
    }

    /// One remote always meets the same socket. Ports next to each other are scattered first,
    /// because systems hand out only even or only odd ones.
    private static MemorySegment program(Arena arena, boolean ipv6, int receivers) {
        if (receivers == 1) {
            return code(arena, ANSWER_CONSTANT, 0);
        }
        int sourcePort = NETWORK_HEADER + (ipv6 ? 40 : 20); // header without options
        return code(
                arena,
                LOAD_HALF,
                sourcePort,
                MULTIPLY,
                GOLDEN_RATIO,
                SHIFT_RIGHT,
                16,
                MODULO,
                receivers,
                ANSWER,
                0);
    }

    /// @param pairs operation and operand by turns
    private static MemorySegment code(Arena arena, int... pairs) {
        MemorySegment code = arena.allocate(pairs.length * 4L, 8); // struct sock_filter each
        for (int i = 0; i < pairs.length; i += 2) {
            code.set(JAVA_SHORT, i * 4L, (short) pairs[i]);
            code.set(JAVA_BYTE, i * 4L + 2, (byte) 0);
            code.set(JAVA_BYTE, i * 4L + 3, (byte) 0);
            code.set(JAVA_INT, i * 4L + 4, pairs[i + 1]);
        }
        return code;
    }
}
