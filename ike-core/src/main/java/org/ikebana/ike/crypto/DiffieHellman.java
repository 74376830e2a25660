package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/** Diffie-Hellman with a fresh private value for each exchange, used once (RFC 7296 2.12). */
record DiffieHellman(int id, String name, DhGroup group) implements KeyExchange {
    @Override
    public int publicLength() {
        return group.publicLength();
    }

    @Override
    public boolean takesLong() {
        return group.takesLong();
    }

    @Override
    public Initiator initiate(SecureRandom random) {
        Secret privateValue = Secret.wrap(group.privateValue(random));
        return new KeyPair(privateValue, group.publicValue(privateValue.bytes()));
    }

    @Override
    public Response respond(byte[] peerPublicValue, SecureRandom random) throws InvalidPublicValueException {
        try (Secret privateValue = Secret.wrap(group.privateValue(random))) {
            Secret shared = agree(privateValue, peerPublicValue); // first, as it is what may be refused
            return new Response(group.publicValue(privateValue.bytes()), shared);
        }
    }

    private Secret agree(Secret privateValue, byte[] peerPublicValue) throws InvalidPublicValueException {
        if (peerPublicValue.length != publicLength()) {
            throw new InvalidPublicValueException("A public value of " + name + " has " + publicLength()
                    + " octets, the peer's has " + peerPublicValue.length);
        }
        return Secret.wrap(group.sharedSecret(privateValue.bytes(), peerPublicValue));
    }

    private final class KeyPair implements Initiator {
        private final Secret privateValue;
        private final byte[] publicValue;

        KeyPair(Secret privateValue, byte[] publicValue) {
            this.privateValue = privateValue;
            this.publicValue = publicValue;
        }

        @Override
        public byte[] publicValue() {
            return publicValue.clone();
        }

        @Override
        public Secret complete(byte[] peerPublicValue) throws InvalidPublicValueException {
            return agree(privateValue, peerPublicValue);
        }

        @Override
        public void close() {
            privateValue.close();
        }
    }
}
