package org.ikebana.crypto.conscrypt;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import javax.crypto.KeyAgreement;
import org.conscrypt.OpenSSLX25519PrivateKey;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.KeId;

/**
 * Diffie-Hellman on a curve, with a fresh key pair for each exchange, which BoringSSL draws by itself. Its private key is wiped
 * after use on X25519; on the others it lies in BoringSSL's memory, which wipes what it frees.
 */
record CurveExchange(int id, String name, Provider provider, PublicValueCodec codec) implements KeyExchange {
    @Override
    public String source() {
        return ConscryptProvider.NAME;
    }

    @Override
    public int publicLength() {
        return codec.length();
    }

    /** BoringSSL has code of its own for P-256 and X25519: 60 us and 40 us, where P-384 takes 700 and P-521 1,800. */
    @Override
    public boolean takesLong() {
        return id == KeId.ECP_384 || id == KeId.ECP_521;
    }

    @Override
    public Initiator initiate(SecureRandom random) {
        KeyPair pair = pair();
        return new Half(pair.getPrivate(), codec.encode(pair.getPublic()));
    }

    @Override
    public Response respond(byte[] peerPublicValue, SecureRandom random) throws InvalidPublicValueException {
        KeyPair pair = pair();
        try {
            return new Response(codec.encode(pair.getPublic()), agree(pair.getPrivate(), peerPublicValue));
        } finally {
            wipe(pair.getPrivate());
        }
    }

    private KeyPair pair() {
        try {
            return codec.generator(provider).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Conscrypt makes no keys for " + name, e);
        }
    }

    private Secret agree(PrivateKey own, byte[] peerPublicValue) throws InvalidPublicValueException {
        if (peerPublicValue.length != publicLength()) {
            throw new InvalidPublicValueException("A public value of " + name + " has " + publicLength()
                    + " octets, the peer's has " + peerPublicValue.length);
        }
        Secret shared;
        try {
            KeyAgreement agreement = KeyAgreement.getInstance(codec.agreement(), provider);
            agreement.init(own);
            agreement.doPhase(codec.decode(peerPublicValue, provider), true);
            shared = Secret.wrap(agreement.generateSecret());
        } catch (GeneralSecurityException e) {
            throw new InvalidPublicValueException(
                    "The peer's value for " + name + " is no point that may be used (RFC 6989 2.3, RFC 7748 6)");
        }
        if (isZero(shared.bytes())) {
            throw new InvalidPublicValueException("The peer's point has a small order (RFC 7748 6)");
        }
        return shared;
    }

    /** Takes as long for any value. */
    private static boolean isZero(byte[] octets) {
        int all = 0;
        for (byte octet : octets) {
            all |= octet;
        }
        return all == 0;
    }

    private static void wipe(PrivateKey key) {
        if (key instanceof OpenSSLX25519PrivateKey x25519) {
            x25519.destroy();
        }
    }

    private final class Half implements Initiator {
        private final PrivateKey privateKey;
        private final byte[] publicValue;

        Half(PrivateKey privateKey, byte[] publicValue) {
            this.privateKey = privateKey;
            this.publicValue = publicValue;
        }

        @Override
        public byte[] publicValue() {
            return publicValue.clone();
        }

        @Override
        public Secret complete(byte[] peerPublicValue) throws InvalidPublicValueException {
            return agree(privateKey, peerPublicValue);
        }

        @Override
        public void close() {
            wipe(privateKey);
        }
    }
}
