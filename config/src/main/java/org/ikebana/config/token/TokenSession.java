package org.ikebana.config.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.UnusableCertificateException;

/**
 * A session with the token in one slot, opened anew where the token has been drawn and put back meanwhile. The configuration is read
 * in another thread than the one that signs.
 */
final class TokenSession {
    private static final Set<Long> LOST = Set.of(
            TokenException.SESSION_CLOSED,
            TokenException.SESSION_HANDLE_INVALID,
            TokenException.TOKEN_NOT_PRESENT,
            TokenException.DEVICE_REMOVED,
            TokenException.OBJECT_HANDLE_INVALID,
            TokenException.KEY_HANDLE_INVALID,
            TokenException.USER_NOT_LOGGED_IN);

    private final Cryptoki library;
    private final long slot;
    private Optional<Secret> pin = Optional.empty();
    private long session;

    /** For what can be read without a PIN. */
    TokenSession(Cryptoki library, long slot) throws TokenException {
        this.library = library;
        this.slot = slot;
        this.session = library.openSession(slot);
    }

    /** @param secret kept, for when the token has been drawn and put back */
    synchronized void login(Secret secret) throws TokenException {
        library.login(session, secret.bytes());
        pin = Optional.of(secret);
    }

    synchronized boolean isAlive() {
        return library.isOpen(session);
    }

    /** Whether something with that handle is there to see. */
    synchronized boolean shows(Octets handle) throws TokenException {
        return !find(Attribute.PUBLIC_KEY_CLASS, handle).isEmpty()
                || !find(Attribute.CERTIFICATE_CLASS, handle).isEmpty()
                || !find(Attribute.PRIVATE_KEY_CLASS, handle).isEmpty();
    }

    /** The token that it is with, for people. */
    @Override
    public String toString() {
        return "in slot " + slot + " of " + library;
    }

    private void openAnew() throws TokenException {
        session = library.openSession(slot);
        if (pin.isPresent()) {
            library.login(session, pin.get().bytes());
        }
    }

    synchronized Optional<VerifyingKey> publicKey(Octets handle) throws TokenException, UnusableKeyException {
        List<Long> keys = find(Attribute.PRIVATE_KEY_CLASS, handle);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<Long> objects = new ArrayList<>(find(Attribute.PUBLIC_KEY_CLASS, handle));
        objects.add(keys.getFirst()); // of RSA it tells as much as the public one
        for (long object : objects) {
            Optional<byte[]> modulus = library.attribute(session, object, Attribute.MODULUS);
            Optional<byte[]> exponent = library.attribute(session, object, Attribute.PUBLIC_EXPONENT);
            if (modulus.isPresent() && exponent.isPresent()) {
                return Optional.of(TokenPublicKey.rsa(modulus.get(), exponent.get()));
            }
            Optional<byte[]> curve = library.attribute(session, object, Attribute.EC_PARAMS);
            Optional<byte[]> point = library.attribute(session, object, Attribute.EC_POINT);
            if (curve.isPresent() && point.isPresent()) {
                return TokenPublicKey.curve(curve.get(), point.get());
            }
        }
        List<Certificate> certificates = certificates(handle);
        if (certificates.isEmpty()) {
            throw new TokenException("the token has that private key, but neither its public key nor a certificate for"
                    + " it under the same handle; write one of them onto it");
        }
        return Optional.of(certificates.getFirst().publicKey());
    }

    synchronized List<Certificate> certificates(Octets handle) throws TokenException {
        List<Certificate> found = new ArrayList<>();
        for (long object : find(Attribute.CERTIFICATE_CLASS, handle)) {
            Optional<byte[]> value = library.attribute(session, object, Attribute.VALUE);
            try {
                if (value.isPresent()) {
                    found.add(Certificate.decode(Octets.wrap(value.get())));
                }
            } catch (UnusableCertificateException e) {
                throw new TokenException("the token holds " + e.getMessage());
            }
        }
        return found;
    }

    synchronized byte[] sign(Octets handle, Mechanism mechanism, byte[] data) throws TokenException {
        try {
            return trySigning(handle, mechanism, data);
        } catch (TokenException e) {
            if (!LOST.contains(e.code())) {
                throw e;
            }
            openAnew();
            return trySigning(handle, mechanism, data);
        }
    }

    private byte[] trySigning(Octets handle, Mechanism mechanism, byte[] data) throws TokenException {
        List<Long> keys = find(Attribute.PRIVATE_KEY_CLASS, handle);
        if (keys.isEmpty()) {
            throw new TokenException("C_FindObjects", TokenException.KEY_HANDLE_INVALID);
        }
        return library.sign(session, keys.getFirst(), mechanism, data);
    }

    private List<Long> find(long objectClass, Octets handle) throws TokenException {
        return library.find(
                session,
                List.of(
                        Attribute.number(Attribute.CLASS, objectClass),
                        new Attribute(Attribute.ID, handle.toByteArray())));
    }
}
