package org.ikebana.daemon.authority;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;

/** Lets Bouncy Castle sign with any key that IKE signs with. */
final class SchemeSigner implements ContentSigner {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();

    private final SigningKey key;
    private final SignatureScheme scheme;
    private final SecureRandom random;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    SchemeSigner(SigningKey key, SignatureScheme scheme, SecureRandom random) {
        this.key = key;
        this.scheme = scheme;
        this.random = random;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return AlgorithmIdentifier.getInstance(scheme.algorithmIdentifier().toByteArray());
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        try {
            return key.sign(CRYPTO.signature(scheme).orElseThrow(), content.toByteArray(), random);
        } catch (UnusableKeyException e) {
            throw new RuntimeOperatorException(e.getMessage(), e);
        }
    }
}
