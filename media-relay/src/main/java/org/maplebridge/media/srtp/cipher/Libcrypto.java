package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The system's libcrypto 3, function by function. Loading this class fails where there is none.
///
/// Native addresses travel as `long`, which costs nothing per call; methods that also take heap
/// segments say so. All calls are short (≤ 1 µs), so they skip the thread state change and hold up
/// no safepoint for long.
final class Libcrypto {
    static final int ENCRYPT = 1;
    static final int DECRYPT = 0;

    private static final ValueLayout.OfLong ADDRESS = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout ANY_SEGMENT = ValueLayout.ADDRESS;

    private static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global());

    private static final MethodHandle CONTEXT_NEW = bind("EVP_CIPHER_CTX_new", ADDRESS);
    private static final MethodHandle CONTEXT_FREE = bindVoid("EVP_CIPHER_CTX_free", ADDRESS);
    private static final MethodHandle CIPHER_INIT =
            bind("EVP_CipherInit_ex", INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT);
    private static final MethodHandle CIPHER_UPDATE =
            bind("EVP_CipherUpdate", INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, INT);
    private static final MethodHandle CIPHER_UPDATE_ANY =
            bind("EVP_CipherUpdate", INT, ADDRESS, ANY_SEGMENT, ADDRESS, ANY_SEGMENT, INT);
    private static final MethodHandle CIPHER_FINAL =
            bind("EVP_CipherFinal_ex", INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle CONTEXT_CONTROL =
            bind("EVP_CIPHER_CTX_ctrl", INT, ADDRESS, INT, INT, ADDRESS);
    private static final MethodHandle CONTEXT_GET =
            bind("EVP_CIPHER_CTX_get_params", INT, ADDRESS, ADDRESS);
    private static final MethodHandle SHA1_INIT = bind("SHA1_Init", INT, ADDRESS);
    private static final MethodHandle SHA1_UPDATE =
            bind("SHA1_Update", INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle SHA1_UPDATE_ANY =
            bind("SHA1_Update", INT, ADDRESS, ANY_SEGMENT, ADDRESS);
    private static final MethodHandle SHA1_FINAL = bind("SHA1_Final", INT, ADDRESS, ADDRESS);

    static final long AES_128_GCM = constant("EVP_aes_128_gcm");
    static final long AES_256_GCM = constant("EVP_aes_256_gcm");
    static final long AES_128_CTR = constant("EVP_aes_128_ctr");

    /// Bytes of a `SHA_CTX`: a plain structure that may be copied to keep a hash's middle state.
    static final long SHA1_STATE_BYTES = 96;

    private static final int CONTROL_SET_TAG = 0x11;

    private Libcrypto() {}

    /// The library's own version line.
    static String version() {
        MethodHandle handle = bind("OpenSSL_version", ADDRESS, INT);
        try {
            long text = (long) handle.invokeExact(0);
            String line = MemorySegment.ofAddress(text).reinterpret(256).getString(0);
            String[] words = line.split(" ", 3);
            return words.length < 2 ? line : words[0] + " " + words[1];
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static long newContext() {
        try {
            return (long) CONTEXT_NEW.invokeExact();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void freeContext(long context) {
        try {
            CONTEXT_FREE.invokeExact(context);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Zeros keep what the context has: cipher and key are set once, the nonce per packet.
    static void init(long context, long cipher, long key, long nonce, int direction) {
        try {
            check((int) CIPHER_INIT.invokeExact(context, cipher, 0L, key, nonce, direction));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// @param out 0 when the bytes are only to be authenticated
    /// @param outLength where an `int` that nobody reads is put
    static void update(long context, long out, long outLength, long in, int length) {
        try {
            check((int) CIPHER_UPDATE.invokeExact(context, out, outLength, in, length));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// As [#update], for heap segments too.
    static void updateAny(
            long context, MemorySegment out, long outLength, MemorySegment in, int length) {
        try {
            check((int) CIPHER_UPDATE_ANY.invokeExact(context, out, outLength, in, length));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Whether all went well; for opening: whether the tag was right.
    static boolean finish(long context, long out, long outLength) {
        try {
            return (int) CIPHER_FINAL.invokeExact(context, out, outLength) == 1;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void setTag(long context, long tag, int length) {
        try {
            check((int) CONTEXT_CONTROL.invokeExact(context, CONTROL_SET_TAG, length, tag));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// @param parameters an `OSSL_PARAM` array
    static void get(long context, long parameters) {
        try {
            check((int) CONTEXT_GET.invokeExact(context, parameters));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void sha1Init(long state) {
        try {
            check((int) SHA1_INIT.invokeExact(state));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void sha1Update(long state, long in, long length) {
        try {
            check((int) SHA1_UPDATE.invokeExact(state, in, length));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// As [#sha1Update], for heap segments too.
    static void sha1UpdateAny(long state, MemorySegment in, long length) {
        try {
            check((int) SHA1_UPDATE_ANY.invokeExact(state, in, length));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void sha1Final(long digest, long state) {
        try {
            check((int) SHA1_FINAL.invokeExact(digest, state));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static void check(int answer) {
        if (answer != 1) {
            throw new IllegalStateException("libcrypto refused a well-formed call");
        }
    }

    private static RuntimeException broken(Throwable cause) {
        return cause instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("libcrypto call failed", cause);
    }

    private static long constant(String getter) {
        try {
            return (long) bind(getter, ADDRESS).invokeExact();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static MethodHandle bind(String name, MemoryLayout answer, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(answer, parameters));
    }

    private static MethodHandle bindVoid(String name, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.ofVoid(parameters));
    }

    private static MethodHandle bind(String name, FunctionDescriptor function) {
        MemorySegment symbol = LIBRARY.findOrThrow(name);
        boolean heapToo = function.argumentLayouts().contains(ANY_SEGMENT);
        return Linker.nativeLinker()
                .downcallHandle(symbol, function, Linker.Option.critical(heapToo));
    }
}
