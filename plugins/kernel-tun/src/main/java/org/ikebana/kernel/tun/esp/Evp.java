package org.ikebana.kernel.tun.esp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Functions of openssl/evp.h, see their manual pages. They return 1 for success. Addresses are numbers, 0 is NULL. */
final class Evp {
    static final int CTRL_AEAD_SET_IVLEN = 0x9;
    static final int CTRL_AEAD_GET_TAG = 0x10;
    static final int CTRL_AEAD_SET_TAG = 0x11;

    private static final ValueLayout.OfLong ADDRESS = ValueLayout.JAVA_LONG;
    private static final MethodHandle GET_CIPHER =
            LibCrypto.function("EVP_get_cipherbyname", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final MethodHandle NEW = LibCrypto.function("EVP_CIPHER_CTX_new", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle FREE =
            LibCrypto.function("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle SET_PADDING =
            LibCrypto.function("EVP_CIPHER_CTX_set_padding", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CTRL = LibCrypto.function(
            "EVP_CIPHER_CTX_ctrl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle INIT = LibCrypto.function(
            "EVP_CipherInit_ex",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle UPDATE = LibCrypto.function(
            "EVP_CipherUpdate", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle FINAL =
            LibCrypto.function("EVP_CipherFinal_ex", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));

    private Evp() {}

    /** Makes its functions known to {@link LibCrypto#problem}. */
    static void require() {
        // That the class was initialized for this call did so.
    }

    /** @return 0 if there is no such cipher */
    static long cipherByName(long name) {
        try {
            return (long) GET_CIPHER.invokeExact(name);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    static long newContext() {
        try {
            return (long) NEW.invokeExact();
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    /** Wipes it, too. */
    static void free(long context) {
        try {
            FREE.invokeExact(context);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    static int withoutPadding(long context) {
        try {
            return (int) SET_PADDING.invokeExact(context, 0);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    static int control(long context, int type, int number, long pointer) {
        try {
            return (int) CTRL.invokeExact(context, type, number, pointer);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    /** @param encrypt 1 or 0; what is NULL stays as it was */
    static int init(long context, long cipher, long key, long iv, int encrypt) {
        try {
            return (int) INIT.invokeExact(context, cipher, 0L, key, iv, encrypt);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    static int update(long context, long output, long outputLength, long input, int inputLength) {
        try {
            return (int) UPDATE.invokeExact(context, output, outputLength, input, inputLength);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }

    static int finish(long context, long output, long outputLength) {
        try {
            return (int) FINAL.invokeExact(context, output, outputLength);
        } catch (Throwable e) {
            throw LibCrypto.failed(e);
        }
    }
}
