package org.ikebana.kernel.tun.esp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * OpenSSL's libcrypto (3, or 1.1) and functions of it, called through {@code java.lang.foreign}: addresses are passed as
 * numbers, so a call allocates nothing, and are critical, so that it costs some nanoseconds; garbage collection waits
 * for it.
 */
@SuppressWarnings("restricted") // the launcher enables native access
final class LibCrypto {
    private static final List<String> FILES = List.of("libcrypto.so.3", "libcrypto.so.1.1");
    private static final List<String> MISSING = new CopyOnWriteArrayList<>();
    private static final Optional<SymbolLookup> SYMBOLS = load();
    private static final ValueLayout.OfLong ADDRESS = ValueLayout.JAVA_LONG;
    private static final MethodHandle VERSION =
            function("OpenSSL_version", FunctionDescriptor.of(ADDRESS, ValueLayout.JAVA_INT));
    private static final int VERSION_ROOM = 256;

    private LibCrypto() {}

    /** Why it cannot be used, with the remedy; empty if it can. */
    static Optional<String> problem() {
        if (SYMBOLS.isEmpty()) {
            return Optional.of(FILES.getFirst() + " was not found: install libssl3 (Debian, Ubuntu) or openssl-libs"
                    + " (Fedora, RHEL)");
        }
        Evp.require();
        Digest.require();
        return MISSING.isEmpty()
                ? Optional.empty()
                : Optional.of("libcrypto lacks " + String.join(", ", MISSING)
                        + ": install the distribution's own OpenSSL, 1.1 or 3");
    }

    /** {@code OpenSSL 3.0.19}. */
    static String version() {
        try {
            long text = (long) VERSION.invokeExact(0);
            String[] words = MemorySegment.ofAddress(text)
                    .reinterpret(VERSION_ROOM)
                    .getString(0)
                    .split(" ", 3);
            return words.length < 2 ? words[0] : words[0] + " " + words[1];
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** A function; where it is missing, one that throws and makes a {@link #problem}. */
    static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Optional<MemorySegment> address = SYMBOLS.flatMap(symbols -> symbols.find(name));
        if (address.isPresent()) {
            return Linker.nativeLinker().downcallHandle(address.get(), descriptor, Linker.Option.critical(false));
        }
        MISSING.add(name);
        MethodType type = descriptor.toMethodType();
        MethodHandle failure = MethodHandles.throwException(type.returnType(), UnsatisfiedLinkError.class)
                .bindTo(new UnsatisfiedLinkError(name));
        return MethodHandles.dropArguments(failure, 0, type.parameterList());
    }

    /** What a call that cannot throw threw. */
    static RuntimeException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("A call of libcrypto failed", cause);
    }

    private static Optional<SymbolLookup> load() {
        for (String file : FILES) {
            try {
                return Optional.of(SymbolLookup.libraryLookup(file, Arena.global()));
            } catch (IllegalArgumentException e) {
                // Not on this machine; the next one may be.
            }
        }
        return Optional.empty();
    }
}
