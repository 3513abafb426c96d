package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// AES-GCM of Intel's Multi-Buffer Crypto library for processors with VAES and AVX-512, function by
/// function: three times as fast as libcrypto 3.0, which knows neither. Loading this class fails
/// where the library or such a processor is missing.
///
/// Native addresses travel as `long`. All calls are short (≤ 1 µs), so they skip the thread state
/// change and hold up no safepoint for long.
final class IpsecMb {
    /// More than a `struct gcm_key_data` of any version of this library.
    static final long KEY_BYTES = 2_048;

    /// More than a `struct gcm_context_data`.
    static final long STATE_BYTES = 128;

    private static final ValueLayout.OfLong ADDRESS = ValueLayout.JAVA_LONG;
    private static final ValueLayout ANY_SEGMENT = ValueLayout.ADDRESS;

    /// AVX512F, DQ, CD, BW, VL; VAES, VPCLMULQDQ; BMI2: what these functions are written for.
    private static final long NEEDED = 0b1_1111L << 7 | 1L << 12 | 1L << 13 | 1L << 18;

    private static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup("libIPSec_MB.so.1", Arena.global());

    private static final MethodHandle EXPAND_128 = bindExpand("aes_gcm_pre_128_vaes_avx512");
    private static final MethodHandle EXPAND_256 = bindExpand("aes_gcm_pre_256_vaes_avx512");
    private static final MethodHandle SEAL_128 = bindSeal("aes_gcm_enc_128_vaes_avx512");
    private static final MethodHandle SEAL_256 = bindSeal("aes_gcm_enc_256_vaes_avx512");
    private static final MethodHandle OPEN_128 = bindOpen("aes_gcm_dec_128_vaes_avx512");
    private static final MethodHandle OPEN_256 = bindOpen("aes_gcm_dec_256_vaes_avx512");

    static {
        long features = (long) asked(bind("imb_get_feature_flags", FunctionDescriptor.of(ADDRESS)));
        if ((features & NEEDED) != NEEDED) {
            throw new UnsupportedOperationException("no VAES and AVX-512 here");
        }
    }

    private IpsecMb() {}

    /// The library's own version, e.g. `1.3.0`.
    static String version() {
        long text = (long) asked(bind("imb_get_version_str", FunctionDescriptor.of(ADDRESS)));
        return MemorySegment.ofAddress(text).reinterpret(64).getString(0);
    }

    /// @param key 16 or 32 bytes
    /// @param expanded [#KEY_BYTES] aligned to 64
    static void expand(boolean longKey, long key, long expanded) {
        try {
            if (longKey) {
                EXPAND_256.invokeExact(key, expanded);
            } else {
                EXPAND_128.invokeExact(key, expanded);
            }
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Encrypts in place and puts the tag.
    static void seal(
            boolean longKey,
            long key,
            long state,
            long text,
            long length,
            long nonce,
            long header,
            long headerLength,
            long tag) {
        long tagLength = Aead.TAG_LENGTH;
        try {
            if (longKey) {
                SEAL_256.invokeExact(
                        key,
                        state,
                        text,
                        text,
                        length,
                        nonce,
                        header,
                        headerLength,
                        tag,
                        tagLength);
            } else {
                SEAL_128.invokeExact(
                        key,
                        state,
                        text,
                        text,
                        length,
                        nonce,
                        header,
                        headerLength,
                        tag,
                        tagLength);
            }
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Decrypts in place, on the heap too, and puts the tag there should be.
    static void open(
            boolean longKey,
            long key,
            long state,
            MemorySegment text,
            long length,
            long nonce,
            MemorySegment header,
            long headerLength,
            long tag) {
        long tagLength = Aead.TAG_LENGTH;
        try {
            if (longKey) {
                OPEN_256.invokeExact(
                        key,
                        state,
                        text,
                        text,
                        length,
                        nonce,
                        header,
                        headerLength,
                        tag,
                        tagLength);
            } else {
                OPEN_128.invokeExact(
                        key,
                        state,
                        text,
                        text,
                        length,
                        nonce,
                        header,
                        headerLength,
                        tag,
                        tagLength);
            }
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static Object asked(MethodHandle handle) {
        try {
            return handle.invoke();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static RuntimeException broken(Throwable cause) {
        return cause instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("a call of the crypto library failed", cause);
    }

    private static MethodHandle bindExpand(String name) {
        return bind(name, FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    }

    private static MethodHandle bindSeal(String name) {
        return bindCrypt(name, ADDRESS);
    }

    private static MethodHandle bindOpen(String name) {
        return bindCrypt(name, ANY_SEGMENT);
    }

    private static MethodHandle bindCrypt(String name, MemoryLayout packet) {
        return bind(
                name,
                FunctionDescriptor.ofVoid(
                        ADDRESS, ADDRESS, packet, packet, ADDRESS, ADDRESS, packet, ADDRESS,
                        ADDRESS, ADDRESS));
    }

    private static MethodHandle bind(String name, FunctionDescriptor function) {
        MemorySegment symbol = LIBRARY.findOrThrow(name);
        boolean heapToo = function.argumentLayouts().contains(ANY_SEGMENT);
        return Linker.nativeLinker()
                .downcallHandle(symbol, function, Linker.Option.critical(heapToo));
    }
}
