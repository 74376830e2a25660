package org.ikebana.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.config.credential.PrivateKeyFile;
import org.ikebana.config.credential.UnreadableException;
import org.ikebana.config.problem.Problem;
import org.ikebana.config.schema.BadValue;
import org.ikebana.config.schema.CoreTypes;
import org.ikebana.config.schema.TokenKeys;
import org.ikebana.config.syntax.MessageReader;
import org.ikebana.config.token.TokenException;
import org.ikebana.config.token.TokenPlace;
import org.ikebana.config.token.Tokens;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.EapSecrets;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.KeyIdentifiers;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/**
 * Credentials that come one by one, through vici, and stay until they are removed or the daemon ends. Thread-safe. What is refused
 * leaves everything as it was.
 */
public final class LoadedCredentials {
    private static final int NT_HASH_OCTETS = 16;

    private final Tokens tokens;
    private final LoadedSecrets secrets = new LoadedSecrets();
    private final LoadedCertificates certificates = new LoadedCertificates();
    private final Map<String, SigningKey> keys = new LinkedHashMap<>();
    private final Map<String, AuthorityUris> authorities = new LinkedHashMap<>();

    /** @param tokenModules libraries for tokens, by name */
    public LoadedCredentials(Map<String, Path> tokenModules) {
        this.tokens = new Tokens(tokenModules);
    }

    /** What vici's {@code load-cert} brings, in PEM or DER; {@code flag} is empty where it is not given. */
    public synchronized void loadCertificate(String type, String flag, Octets encoded) throws ConfigException {
        try {
            certificates.add(type, flag, encoded);
        } catch (UnreadableException e) {
            throw refused("load-cert", "what was sent is not used: " + e.getMessage(), "send it in PEM or DER");
        }
    }

    /**
     * @param encoded not encrypted, PKCS #8 or the older forms of RSA and curves, in PEM or DER; the caller's to wipe
     * @return its id: SHA-1 of the subjectPublicKey, in hexadecimal
     */
    public synchronized String loadKey(Secret encoded) throws ConfigException {
        try {
            return put(PrivateKeyFile.read(encoded.bytes(), List.of()));
        } catch (UnreadableException e) {
            throw refused("load-key", "the private key is not used: " + e.getMessage(), "send it in PEM or DER");
        }
    }

    /**
     * A private key on a token.
     *
     * @param handle in hexadecimal
     * @param slot its number; any if not given
     * @param module by its name in {@code ikebana.conf}; any if not given
     * @param pin the caller's to wipe
     * @return the key's id, as of any other
     */
    public synchronized String loadToken(
            String handle, Optional<String> slot, Optional<String> module, Optional<Secret> pin)
            throws ConfigException {
        try {
            Optional<Long> number =
                    slot.isPresent() ? Optional.of(TokenKeys.SLOT.type().parse(slot.get())) : Optional.empty();
            return put(tokens.key(new TokenPlace(TokenKeys.HANDLE.type().parse(handle), number, module), pin));
        } catch (BadValue bad) {
            throw refused("load-token", bad.getMessage(), bad.remedy().orElse("write a number"));
        } catch (TokenException e) {
            throw refused("load-token", String.valueOf(e.getMessage()), "put the token in and load it again");
        }
    }

    /**
     * @param id under which it can be replaced and removed
     * @param type {@code IKE}, {@code PPK}, {@code EAP}, {@code XAUTH} or {@code NTLM}, in upper or lower case
     * @param owners identities as the configuration writes them; none for anybody
     * @param secret taken over and wiped when it is not needed any more, also if it is refused
     */
    public synchronized void loadShared(Optional<String> id, String type, List<String> owners, Secret secret)
            throws ConfigException {
        String request = id.map(name -> "load-shared." + name).orElse("load-shared");
        try {
            SecretKind kind = SecretKind.ofWord(type)
                    .orElseThrow(() ->
                            refused(request, "there are no secrets of this type", "send IKE, PPK, EAP, XAUTH or NTLM"));
            if (secret.length() == 0) {
                throw refused(request, "this secret is empty", "send its octets as data");
            }
            if (kind == SecretKind.NTLM && secret.length() != NT_HASH_OCTETS) {
                throw refused(
                        request,
                        "an NT hash has " + NT_HASH_OCTETS + " octets, this one " + secret.length(),
                        "send a password as EAP");
            }
            secrets.put(id, kind, identities(request, owners), secret.copy());
        } finally {
            secret.close();
        }
    }

    /** What {@link MessageLoader#authority} has read; one of the same name is replaced. */
    public synchronized void loadAuthority(String name, AuthorityUris authority) {
        authorities.put(name, authority);
    }

    public synchronized void unloadKey(String id) throws ConfigException {
        known(keys.remove(id) != null, "unload-key", "private key");
    }

    public synchronized void unloadShared(String id) throws ConfigException {
        known(secrets.remove(id), "unload-shared", "shared secret");
    }

    public synchronized void unloadAuthority(String name) throws ConfigException {
        known(authorities.remove(name) != null, "unload-authority", "CA");
    }

    /** The ids of the private keys. */
    public synchronized List<String> keyIds() {
        return List.copyOf(keys.keySet());
    }

    /** The ids of the shared secrets that have one. */
    public synchronized List<String> sharedIds() {
        return secrets.ids();
    }

    public synchronized Map<String, AuthorityUris> authorities() {
        return Map.copyOf(authorities);
    }

    /** Forgets certificates, private keys and shared secrets; of CAs what has been said of them stays. */
    public synchronized void clear() {
        secrets.clear();
        certificates.clear();
        keys.clear();
    }

    /**
     * All there is.
     *
     * @param connections that have come in messages, whose certificates are known with them
     */
    public synchronized Credentials all(List<ConnectionConfig> connections) {
        Certificates known = Certificates.of(
                        List.copyOf(certificates.authorities),
                        concat(List.copyOf(certificates.endEntities), named(connections)),
                        List.copyOf(keys.values()))
                .with(authorities.values().stream()
                        .map(AuthorityUris::authority)
                        .toList());
        return new Credentials(
                new SharedKeys(secrets.sharedKeys()),
                new Ppks(secrets.ppks()),
                new EapSecrets(secrets.eapSecrets()),
                known,
                new StatusSources(
                        List.copyOf(certificates.lists),
                        List.copyOf(certificates.responders),
                        List.copyOf(authorities.values())));
    }

    private String put(SigningKey key) {
        String id = HexFormat.of().formatHex(KeyIdentifiers.of(key.publicKey()).ofKey());
        keys.put(id, key);
        return id;
    }

    private static List<Certificate> named(List<ConnectionConfig> connections) {
        return connections.stream()
                .flatMap(connection -> Stream.of(connection.local(), connection.remote()))
                .flatMap(side -> side.rounds().stream())
                .flatMap(round -> round.publicKey().certificates().stream())
                .toList();
    }

    private static List<Identity> identities(String request, List<String> texts) throws ConfigException {
        List<Identity> read = new ArrayList<>();
        for (String text : texts) {
            try {
                read.add(CoreTypes.OWNER.parse(text));
            } catch (BadValue bad) {
                throw refused(
                        request, "an owner: " + bad.getMessage(), bad.remedy().orElse("remove it"));
            }
        }
        return List.copyOf(read);
    }

    private static void known(boolean isKnown, String request, String what) throws ConfigException {
        if (!isKnown) {
            throw refused(
                    request,
                    "no such " + what + " has been loaded through vici",
                    "see which there are; files have their own");
        }
    }

    private static ConfigException refused(String request, String message, String remedy) {
        return new ConfigException(
                List.of(new Problem(MessageReader.place(request), message, Optional.of(remedy))), List.of());
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
