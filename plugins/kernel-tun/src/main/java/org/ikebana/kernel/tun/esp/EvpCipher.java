package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;

/** A cipher of libcrypto under one key, in one direction. Addresses are numbers. Of one thread; closing wipes the key. */
final class EvpCipher implements AutoCloseable {
    private static final int SUCCESS = 1;
    private static final int BLOCK = 16;

    private final String name;
    private final int direction;
    private final SecretMemory memory;
    /** Where libcrypto writes how much it wrote, which is known beforehand. */
    private final long written;
    /** Where it may write what {@link #finish} ends with: nothing, without padding. */
    private final long end;

    private long context;

    private EvpCipher(String name, boolean encrypting, SecretMemory memory, long context) {
        this.name = name;
        this.direction = encrypting ? 1 : 0;
        this.memory = memory;
        this.context = context;
        this.written = memory.allocate(Integer.BYTES).address();
        this.end = memory.allocate(BLOCK).address();
    }

    /**
     * @param name as OpenSSL has it, {@code aes-128-cbc}
     * @param nonceLength of CCM in octets, 0 for any other mode
     * @param icvLength of CCM, 0 for any other mode
     * @return empty if this libcrypto has no such cipher, or its policy refuses it
     */
    static Optional<EvpCipher> of(String name, boolean encrypting, Secret key, int nonceLength, int icvLength) {
        SecretMemory memory = new SecretMemory();
        byte[] text = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        long type = Evp.cipherByName(memory.copyOf(text).address());
        long context = Evp.newContext();
        EvpCipher cipher = new EvpCipher(name, encrypting, memory, context);
        if (type != 0 && context != 0 && cipher.initialize(type, key, nonceLength, icvLength)) {
            return Optional.of(cipher);
        }
        cipher.close();
        return Optional.empty();
    }

    static Optional<EvpCipher> of(String name, boolean encrypting, Secret key) {
        return of(name, encrypting, key, 0, 0);
    }

    /** Starts a packet. */
    void begin(long iv) {
        require(Evp.init(context, 0, 0, iv, direction));
    }

    /** Tells CCM how long the text will be; before {@link #associate}. */
    void announce(int textLength) {
        require(Evp.update(context, 0, written, 0, textLength));
    }

    /** Adds to what is authenticated only. */
    void associate(long at, int length) {
        require(Evp.update(context, 0, written, at, length));
    }

    /** In place. Where the cipher has blocks, a whole number of them. */
    void process(long at, int length) {
        process(at, at, length);
    }

    void process(long input, long output, int length) {
        require(Evp.update(context, output, written, input, length));
    }

    /** Decrypts and checks at once, as CCM does. */
    boolean decrypts(long at, int length) {
        return Evp.update(context, at, written, at, length) == SUCCESS;
    }

    /** What an AEAD ends with; false if the ICV is wrong. */
    boolean finish() {
        return Evp.finish(context, end, written) == SUCCESS;
    }

    /** Writes the ICV; after {@link #finish}. */
    void writeIcv(long at, int length) {
        require(Evp.control(context, Evp.CTRL_AEAD_GET_TAG, length, at));
    }

    /** The ICV to compare with, in constant time. */
    void expectIcv(long at, int length) {
        require(Evp.control(context, Evp.CTRL_AEAD_SET_TAG, length, at));
    }

    @Override
    public void close() {
        Evp.free(context);
        context = 0;
        memory.close();
    }

    private boolean initialize(long type, Secret key, int nonceLength, int icvLength) {
        MemorySegment octets = memory.copyOf(key.bytes());
        boolean done = Evp.init(context, type, 0, 0, direction) == SUCCESS
                && (nonceLength == 0 || prepareCcm(nonceLength, icvLength))
                && Evp.init(context, 0, octets.address(), 0, direction) == SUCCESS
                && Evp.withoutPadding(context) == SUCCESS;
        octets.fill((byte) 0);
        return done;
    }

    private boolean prepareCcm(int nonceLength, int icvLength) {
        return Evp.control(context, Evp.CTRL_AEAD_SET_IVLEN, nonceLength, 0) == SUCCESS
                && Evp.control(context, Evp.CTRL_AEAD_SET_TAG, icvLength, 0) == SUCCESS;
    }

    private void require(int result) {
        if (result != SUCCESS) {
            throw new IllegalStateException("libcrypto's " + name + " fails on a well-formed packet");
        }
    }
}
