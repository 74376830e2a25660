package org.ikebana.ike.crypto;

import java.nio.ByteBuffer;
import java.security.Security;
import java.util.Arrays;

/** The parameter sets of ML-KEM (FIPS 203 8), and the X.509 form of their encapsulation keys (RFC 9935). */
enum MlKemSet {
    ML_KEM_512("ML-KEM-512", 800, 768, 1),
    ML_KEM_768("ML-KEM-768", 1184, 1088, 2),
    ML_KEM_1024("ML-KEM-1024", 1568, 1568, 3);

    /** SEQUENCE { OBJECT IDENTIFIER 2.16.840.1.101.3.4.4 with its last arc, which names the set, still to come }. */
    private static final byte[] ALGORITHM = {0x30, 0x0b, 0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 3, 4, 4};

    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final int LENGTH_OF_TWO_OCTETS = 0x82;
    private static final int HEADER_LENGTH = 4;

    private final String standardName;
    private final int encapsulationKeyLength;
    private final int ciphertextLength;
    private final int lastArc;

    MlKemSet(String standardName, int encapsulationKeyLength, int ciphertextLength, int lastArc) {
        this.standardName = standardName;
        this.encapsulationKeyLength = encapsulationKeyLength;
        this.ciphertextLength = ciphertextLength;
        this.lastArc = lastArc;
    }

    /** Whether the Java runtime computes ML-KEM; one that was cut down may not. */
    static boolean isOfPlatform() {
        return Security.getAlgorithms("KEM").contains("ML-KEM");
    }

    /** FIPS 203's and the Java platform's. */
    String standardName() {
        return standardName;
    }

    int encapsulationKeyLength() {
        return encapsulationKeyLength;
    }

    int ciphertextLength() {
        return ciphertextLength;
    }

    /** A SubjectPublicKeyInfo around a raw encapsulation key. */
    byte[] toX509(byte[] encapsulationKey) {
        int bitString = 1 + encapsulationKey.length;
        int sequence = ALGORITHM.length + 1 + HEADER_LENGTH + bitString;
        ByteBuffer out = ByteBuffer.allocate(HEADER_LENGTH + sequence);
        header(out, SEQUENCE, sequence);
        out.put(ALGORITHM).put((byte) lastArc);
        header(out, BIT_STRING, bitString);
        out.put((byte) 0); // no unused bits
        return out.put(encapsulationKey).array();
    }

    /** The raw encapsulation key, which ends a SubjectPublicKeyInfo. */
    byte[] fromX509(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - encapsulationKeyLength, encoded.length);
    }

    private static void header(ByteBuffer out, int tag, int length) {
        out.put((byte) tag).put((byte) LENGTH_OF_TWO_OCTETS).putShort((short) length);
    }
}
