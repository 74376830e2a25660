package org.ikebana.ike.crypto;

import java.security.SecureRandom;

/**
 * A key encapsulation mechanism as a key exchange method: the initiator sends a fresh encapsulation key, the responder a
 * ciphertext (RFC 9370, draft-ietf-ipsecme-ikev2-mlkem).
 */
record KemExchange(int id, String name, Kem kem) implements KeyExchange {
    @Override
    public int publicLength() {
        return kem.encapsulationKeyLength();
    }

    @Override
    public Initiator initiate(SecureRandom random) {
        return new Opener(kem.generate(random));
    }

    @Override
    public Response respond(byte[] peerPublicValue, SecureRandom random) throws InvalidPublicValueException {
        requireLength("An encapsulation key", kem.encapsulationKeyLength(), peerPublicValue);
        Kem.Encapsulation encapsulation = kem.encapsulate(peerPublicValue, random);
        return new Response(encapsulation.ciphertext(), Secret.wrap(encapsulation.shared()));
    }

    private void requireLength(String what, int length, byte[] value) throws InvalidPublicValueException {
        if (value.length != length) {
            throw new InvalidPublicValueException(
                    what + " of " + name + " has " + length + " octets, the peer's has " + value.length);
        }
    }

    private final class Opener implements Initiator {
        private final Kem.DecapsulationKey key;

        Opener(Kem.DecapsulationKey key) {
            this.key = key;
        }

        @Override
        public byte[] publicValue() {
            return key.encapsulationKey();
        }

        @Override
        public Secret complete(byte[] peerPublicValue) throws InvalidPublicValueException {
            requireLength("A ciphertext", kem.ciphertextLength(), peerPublicValue);
            return Secret.wrap(key.decapsulate(peerPublicValue));
        }

        @Override
        public void close() {
            key.close();
        }
    }
}
