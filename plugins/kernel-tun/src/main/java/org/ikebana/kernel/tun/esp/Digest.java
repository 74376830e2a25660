package org.ikebana.kernel.tun.esp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The digests of openssl/md5.h and openssl/sha.h. Their state is plain memory of the caller's, so it can be copied, which
 * HMAC does for every packet and EVP allocates for. Addresses are numbers.
 */
enum Digest {
    MD5(64, 16, 92),
    SHA1(64, 20, 96),
    SHA256(64, 32, 112),
    SHA384(128, 48, 216),
    SHA512(128, 64, 216);

    private static final ValueLayout.OfLong ADDRESS = ValueLayout.JAVA_LONG;
    private static final MethodHandle MD5_INIT = initFunction("MD5_Init");
    private static final MethodHandle MD5_UPDATE = updateFunction("MD5_Update");
    private static final MethodHandle MD5_FINAL = finalFunction("MD5_Final");
    private static final MethodHandle SHA1_INIT = initFunction("SHA1_Init");
    private static final MethodHandle SHA1_UPDATE = updateFunction("SHA1_Update");
    private static final MethodHandle SHA1_FINAL = finalFunction("SHA1_Final");
    private static final MethodHandle SHA256_INIT = initFunction("SHA256_Init");
    private static final MethodHandle SHA256_UPDATE = updateFunction("SHA256_Update");
    private static final MethodHandle SHA256_FINAL = finalFunction("SHA256_Final");
    private static final MethodHandle SHA384_INIT = initFunction("SHA384_Init");
    private static final MethodHandle SHA384_UPDATE = updateFunction("SHA384_Update");
    private static final MethodHandle SHA384_FINAL = finalFunction("SHA384_Final");
    private static final MethodHandle SHA512_INIT = initFunction("SHA512_Init");
    private static final MethodHandle SHA512_UPDATE = updateFunction("SHA512_Update");
    private static final MethodHandle SHA512_FINAL = finalFunction("SHA512_Final");

    private final int blockLength;
    private final int length;
    private final int stateLength;

    /** @param stateLength of {@code MD5_CTX}, {@code SHA_CTX}, {@code SHA256_CTX}, {@code SHA512_CTX} */
    Digest(int blockLength, int length, int stateLength) {
        this.blockLength = blockLength;
        this.length = length;
        this.stateLength = stateLength;
    }

    int blockLength() {
        return blockLength;
    }

    int length() {
        return length;
    }

    int stateLength() {
        return stateLength;
    }

    /** Makes its functions known to {@link LibCrypto#problem}. */
    static void require() {
        // That the class was initialized for this call did so.
    }

    void init(long state) {
        try {
            int result = switch (this) {
                case MD5 -> (int) MD5_INIT.invokeExact(state);
                case SHA1 -> (int) SHA1_INIT.invokeExact(state);
                case SHA256 -> (int) SHA256_INIT.invokeExact(state);
                case SHA384 -> (int) SHA384_INIT.invokeExact(state);
                case SHA512 -> (int) SHA512_INIT.invokeExact(state);
            };
            requireSuccess(result);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    void update(long state, long data, long dataLength) {
        try {
            int result = switch (this) {
                case MD5 -> (int) MD5_UPDATE.invokeExact(state, data, dataLength);
                case SHA1 -> (int) SHA1_UPDATE.invokeExact(state, data, dataLength);
                case SHA256 -> (int) SHA256_UPDATE.invokeExact(state, data, dataLength);
                case SHA384 -> (int) SHA384_UPDATE.invokeExact(state, data, dataLength);
                case SHA512 -> (int) SHA512_UPDATE.invokeExact(state, data, dataLength);
            };
            requireSuccess(result);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    /** Writes {@link #length} octets. */
    void finish(long output, long state) {
        try {
            int result = switch (this) {
                case MD5 -> (int) MD5_FINAL.invokeExact(output, state);
                case SHA1 -> (int) SHA1_FINAL.invokeExact(output, state);
                case SHA256 -> (int) SHA256_FINAL.invokeExact(output, state);
                case SHA384 -> (int) SHA384_FINAL.invokeExact(output, state);
                case SHA512 -> (int) SHA512_FINAL.invokeExact(output, state);
            };
            requireSuccess(result);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    private void requireSuccess(int result) {
        if (result != 1) {
            throw new IllegalStateException("libcrypto's " + this + " fails");
        }
    }

    private static MethodHandle initFunction(String name) {
        return LibCrypto.function(name, FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    private static MethodHandle updateFunction(String name) {
        return LibCrypto.function(name, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ValueLayout.JAVA_LONG));
    }

    private static MethodHandle finalFunction(String name) {
        return LibCrypto.function(name, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    }
}
