package org.ikebana.config.credential;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.syntax.ConfigFiles;
import org.ikebana.config.syntax.ConfigFiles.Exposure;
import org.ikebana.config.token.TokenException;
import org.ikebana.config.token.TokenPlace;
import org.ikebana.config.token.Tokens;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.RevocationList;

/**
 * What lies in the folders beside {@code swanctl.conf}, and on tokens. A file there that cannot be used is warned of; one that a
 * connection names is an error.
 */
public final class CredentialFolders implements NamedCredentials {
    /** In octets, of one file. */
    private static final int MAX_LENGTH = 1 << 20;
    /** The same for a revocation list, which PEM makes longer by a third. */
    private static final int MAX_LIST_LENGTH = RevocationList.MAX_LENGTH / 2 * 3;

    private final Path base;
    private final ConfigFiles files;
    private final Tokens tokens;
    private final Problems problems;
    private final List<Certificate> named = new ArrayList<>();

    /** @param base the directory of {@code swanctl.conf} */
    public CredentialFolders(Path base, ConfigFiles files, Tokens tokens, Problems problems) {
        this.base = base;
        this.files = files;
        this.tokens = tokens;
        this.problems = problems;
    }

    /** By paths in the folder, or absolute ones. */
    @Override
    public List<Certificate> certificates(Folder folder, String names, SourceRef place) {
        List<Certificate> found = new ArrayList<>();
        for (String name : items(names)) {
            read(folder, name, place).ifPresent(content -> found.addAll(certificates(content, name, place)));
        }
        named.addAll(folder == Folder.X509 ? found : List.of());
        return found;
    }

    @Override
    public List<Certificate> certificates(Folder folder, TokenPlace where, SourceRef place) {
        try {
            List<Certificate> found = tokens.certificates(where);
            named.addAll(folder == Folder.X509 ? found : List.of());
            return found;
        } catch (TokenException e) {
            problems.error(place, String.valueOf(e.getMessage()), "put the token in, or name a file in its place");
            return List.of();
        }
    }

    /** A private key on a token; empty, with a warning, where it is not to be had: other tunnels go on without it. */
    public Optional<SigningKey> key(TokenPlace where, Optional<Secret> pin, SourceRef place) {
        try {
            return Optional.of(tokens.key(where, pin));
        } catch (TokenException e) {
            problems.warning(place, String.valueOf(e.getMessage()), "put the token in and send SIGHUP");
            return Optional.empty();
        }
    }

    @Override
    public List<VerifyingKey> publicKeys(String names, SourceRef place) {
        List<VerifyingKey> found = new ArrayList<>();
        for (String name : items(names)) {
            read(Folder.PUBKEY, name, place).ifPresent(content -> {
                try {
                    found.add(CredentialFile.publicKey(content));
                } catch (UnreadableException e) {
                    broken(place, name, e);
                }
            });
        }
        return found;
    }

    /**
     * All that the folders hold.
     *
     * @param elsewhere private keys that lie on tokens
     */
    public Certificates load(List<Passphrase> passphrases, List<SigningKey> elsewhere) {
        Set<Certificate> authorities = new LinkedHashSet<>();
        Set<Certificate> endEntities = new LinkedHashSet<>(named);
        List<SigningKey> keys = new ArrayList<>(elsewhere);
        each(Folder.X509CA, (name, content) -> authorities.addAll(CredentialFile.certificates(content)));
        each(Folder.X509AA, (name, content) -> {
            throw new UnreadableException(
                    "there is nothing that certificates of attribute authorities are for in IKEv2");
        });
        each(Folder.X509, (name, content) -> endEntities.addAll(CredentialFile.certificates(content)));
        for (Folder folder : Folder.OF_KEYS) {
            eachSecret(folder, (name, content) -> {
                keys.add(PrivateKeyFile.read(content, opening(passphrases, folder, name)));
            });
        }
        eachSecret(Folder.PKCS12, (name, content) -> {
            Pkcs12File container = Pkcs12File.read(content, opening(passphrases, Folder.PKCS12, name));
            keys.addAll(container.keys());
            container
                    .certificates()
                    .forEach(certificate -> (certificate.isAuthority() ? authorities : endEntities).add(certificate));
        });
        return Certificates.of(List.copyOf(authorities), List.copyOf(endEntities), keys);
    }

    /** What the folders hold about revocation. */
    public StatusSources loadStatusSources(List<AuthorityUris> authorities) {
        List<RevocationList> lists = new ArrayList<>();
        List<Certificate> responders = new ArrayList<>();
        each(Folder.X509CRL, (name, content) -> lists.addAll(CredentialFile.lists(content)));
        each(Folder.X509OCSP, (name, content) -> responders.addAll(CredentialFile.certificates(content)));
        return new StatusSources(lists, responders, authorities);
    }

    /** What is done with each file. */
    @FunctionalInterface
    private interface FileUse {
        void take(String name, byte[] content) throws UnreadableException;
    }

    private void each(Folder folder, FileUse use) {
        for (String name :
                files.list(base.resolve(folder.path())).stream().sorted().toList()) {
            Path path = base.resolve(folder.path()).resolve(name);
            if (name.startsWith(".") || files.isDirectory(path)) {
                continue;
            }
            try {
                use.take(name, files.read(path, folder == Folder.X509CRL ? MAX_LIST_LENGTH : MAX_LENGTH));
            } catch (IOException e) {
                skipped(path, String.valueOf(e.getMessage()));
            } catch (UnreadableException e) {
                skipped(path, String.valueOf(e.getMessage()));
            }
        }
    }

    /** A key that others may have read proves nothing. */
    private void eachSecret(Folder folder, FileUse use) {
        each(folder, (name, content) -> {
            Path path = base.resolve(folder.path()).resolve(name);
            Optional<Exposure> exposure = files.exposure(path);
            if (exposure.isPresent()) {
                problems.warning(
                        new SourceRef(path.toString(), 0, 0),
                        "this private key is not used: " + exposure.get().problem(),
                        exposure.get().remedy());
                return;
            }
            use.take(name, content);
        });
    }

    private void skipped(Path path, String reason) {
        problems.warning(
                new SourceRef(path.toString(), 0, 0), "this file is not used: " + reason, "repair or remove it");
    }

    private Optional<byte[]> read(Folder folder, String name, SourceRef place) {
        try {
            return Optional.of(files.read(base.resolve(folder.path()).resolve(name), MAX_LENGTH));
        } catch (InvalidPathException e) {
            problems.error(place, "this is no name of a file", "name one in " + base.resolve(folder.path()));
            return Optional.empty();
        } catch (IOException e) {
            problems.error(
                    place,
                    "'" + name + "' cannot be read: " + e.getMessage(),
                    "put it into " + base.resolve(folder.path()));
            return Optional.empty();
        }
    }

    private List<Certificate> certificates(byte[] content, String name, SourceRef place) {
        try {
            return CredentialFile.certificates(content);
        } catch (UnreadableException e) {
            broken(place, name, e);
            return List.of();
        }
    }

    private void broken(SourceRef place, String name, UnreadableException e) {
        problems.error(place, "'" + name + "' is of no use: " + e.getMessage(), "name a file in PEM or DER");
    }

    private static List<Secret> opening(List<Passphrase> passphrases, Folder folder, String name) {
        return passphrases.stream()
                .filter(passphrase -> passphrase.opens(folder, name))
                .map(Passphrase::secret)
                .toList();
    }

    static List<String> items(String names) {
        return List.of(names.split(",")).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
