package org.ikebana.crypto.conscrypt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** {@code x | y} (RFC 5903 7), which a SubjectPublicKeyInfo ends with, too (RFC 5480 2.2): what stands before is always the same. */
enum NistCodec implements PublicValueCodec {
    P_256("secp256r1", 64, "3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
    P_384("secp384r1", 96, "3076301006072a8648ce3d020106052b8104002203620004"),
    P_521("secp521r1", 132, "30819b301006072a8648ce3d020106052b810400230381860004");

    private final String curve;
    private final int length;
    private final byte[] before;

    NistCodec(String curve, int length, String before) {
        this.curve = curve;
        this.length = length;
        this.before = HexFormat.of().parseHex(before);
    }

    @Override
    public String agreement() {
        return "ECDH";
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public KeyPairGenerator generator(Provider provider) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator;
    }

    @Override
    public byte[] encode(PublicKey key) {
        byte[] info = key.getEncoded();
        if (info.length != before.length + length || !Arrays.equals(info, 0, before.length, before, 0, before.length)) {
            throw new IllegalStateException("Conscrypt writes a key on " + curve + " in a form of its own");
        }
        return Arrays.copyOfRange(info, before.length, info.length);
    }

    /** BoringSSL takes points of the curve alone (RFC 6989 2.3). */
    @Override
    public PublicKey decode(byte[] value, Provider provider) throws GeneralSecurityException {
        byte[] info = Arrays.copyOf(before, before.length + value.length);
        System.arraycopy(value, 0, info, before.length, value.length);
        return KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(info));
    }
}
