package org.ikebana.config.token;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/** The tokens of this machine, through the modules that {@code ikebana.conf} names. */
public final class Tokens {
    private static final String NO_MODULE =
            "no PKCS #11 module is known; name one in ikebana.conf: pkcs11 { modules { NAME { path = /usr/lib/... } } }";

    private final Map<String, Path> modules;

    /** @param modules their libraries by their names */
    public Tokens(Map<String, Path> modules) {
        this.modules = new LinkedHashMap<>(modules);
    }

    public SigningKey key(TokenPlace place, Optional<Secret> pin) throws TokenException {
        TokenSession session = one(sessions(place), place.handle());
        if (pin.isPresent()) {
            session.login(pin.get());
        }
        try {
            Optional<VerifyingKey> publicKey = session.publicKey(place.handle());
            if (publicKey.isPresent()) {
                return new TokenKey(session, place.handle(), publicKey.get());
            }
        } catch (UnusableKeyException e) {
            throw new TokenException("the token holds " + e.getMessage());
        }
        throw new TokenException("no token has a private key with handle " + place.handle()
                + (pin.isPresent() ? "" : ", or it shows it with its PIN only: give pin = ...")
                + "; 'pkcs11-tool --list-objects' shows handles as ID");
    }

    /** A PIN goes to its own token alone: another one would count a try that failed. */
    private static TokenSession one(List<TokenSession> sessions, Octets handle) throws TokenException {
        List<TokenSession> fitting = new ArrayList<>();
        for (TokenSession session : sessions) {
            if (sessions.size() == 1 || session.shows(handle)) {
                fitting.add(session);
            }
        }
        if (fitting.size() != 1) {
            throw new TokenException("there are " + sessions.size() + " tokens, of which " + fitting.size()
                    + " show something with handle " + handle + "; say which one with slot = ...");
        }
        return fitting.getFirst();
    }

    /** At least one. */
    public List<Certificate> certificates(TokenPlace place) throws TokenException {
        List<Certificate> found = new ArrayList<>();
        for (TokenSession session : sessions(place)) {
            found.addAll(session.certificates(place.handle()));
        }
        if (found.isEmpty()) {
            throw new TokenException("no token has a certificate with handle " + place.handle()
                    + "; 'pkcs11-tool --list-objects' shows handles as ID");
        }
        return found;
    }

    private List<TokenSession> sessions(TokenPlace place) throws TokenException {
        List<TokenSession> sessions = new ArrayList<>();
        for (Cryptoki library : libraries(place)) {
            for (long slot : library.slots()) {
                if (place.slot().isEmpty() || place.slot().get() == slot) {
                    sessions.add(library.session(slot));
                }
            }
        }
        if (sessions.isEmpty()) {
            throw new TokenException(
                    place.slot()
                                    .map(slot -> "there is no token in slot " + slot)
                                    .orElse("there is no token") + "; 'pkcs11-tool --list-slots' shows what there is");
        }
        return sessions;
    }

    private List<Cryptoki> libraries(TokenPlace place) throws TokenException {
        if (modules.isEmpty()) {
            throw new TokenException(NO_MODULE);
        }
        List<Cryptoki> libraries = new ArrayList<>();
        for (Map.Entry<String, Path> module : modules.entrySet()) {
            if (place.module().orElse(module.getKey()).equals(module.getKey())) {
                try {
                    libraries.add(Cryptoki.load(module.getValue()));
                } catch (TokenException e) {
                    throw new TokenException(module.getValue() + ": " + e.getMessage());
                }
            }
        }
        if (libraries.isEmpty()) {
            throw new TokenException("ikebana.conf has no PKCS #11 module '"
                    + place.module().orElseThrow() + "', but " + String.join(", ", modules.keySet()));
        }
        return libraries;
    }
}
