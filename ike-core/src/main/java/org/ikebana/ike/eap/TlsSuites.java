package org.ikebana.ike.eap;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Vector;
import java.util.stream.IntStream;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.Secret;

/** What both sides of EAP-TLS offer or take, and the key that comes of it (RFC 5216 2.3, RFC 9190 2.3). */
final class TlsSuites {
    /** TLS 1.3 and 1.2 alone: older ones are broken. */
    static final ProtocolVersion[] VERSIONS = ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv12);

    private static final int[] TLS_13 = {
        CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256
    };
    private static final int[] ECDHE_ECDSA = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };
    private static final int[] ECDHE_RSA = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    };

    private static final String LABEL_12 = "client EAP encryption";
    private static final String LABEL_13 = "EXPORTER_EAP_TLS_Key_Material";
    /** MSK and EMSK, of which IKE uses the first. */
    private static final int KEY_MATERIAL_LENGTH = 128;

    private static final int MSK_LENGTH = 64;

    private TlsSuites() {}

    /** Only such as keep their secrets when a key gets known later. */
    static int[] client() {
        return join(TLS_13, ECDHE_ECDSA, ECDHE_RSA);
    }

    /** Those that go with the server's key. */
    static int[] server(KeyType key) {
        return join(TLS_13, key == KeyType.RSA ? ECDHE_RSA : ECDHE_ECDSA);
    }

    static BcTlsCrypto crypto(SecureRandom random) {
        return new BcTlsCrypto(random);
    }

    static Vector<SignatureAndHashAlgorithm> signatures(TlsContext context) {
        Vector<SignatureAndHashAlgorithm> all = new Vector<>();
        for (Object each : TlsUtils.getDefaultSupportedSignatureAlgorithms(context)) {
            SignatureAndHashAlgorithm algorithm = (SignatureAndHashAlgorithm) each;
            boolean isWeak = algorithm.getHash() == 1 || algorithm.getHash() == 2 || algorithm.getHash() == 3;
            if (!isWeak) {
                all.add(algorithm);
            }
        }
        return all;
    }

    /**
     * When the handshake is complete. TLS 1.2 without extended_master_secret is taken from peers that do not have that
     * (RFC 7627), as sessions are never resumed here, and the certificates of both sides are in the handshake that Finished
     * covers.
     */
    static Secret msk(TlsContext context) {
        byte[] material;
        if (TlsUtils.isTLSv13(context)) {
            material = context.exportKeyingMaterial(LABEL_13, new byte[] {EapType.TLS}, KEY_MATERIAL_LENGTH);
        } else {
            var parameters = context.getSecurityParametersConnection();
            byte[] seed = concat(parameters.getClientRandom(), parameters.getServerRandom());
            TlsSecret secret =
                    TlsUtils.PRF(parameters, parameters.getMasterSecret(), LABEL_12, seed, KEY_MATERIAL_LENGTH);
            material = secret.extract();
        }
        try {
            return Secret.wrap(Arrays.copyOf(material, MSK_LENGTH));
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static int[] join(int[]... lists) {
        return Arrays.stream(lists).flatMapToInt(IntStream::of).toArray();
    }
}
