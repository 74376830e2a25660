package org.ikebana.config.swanctl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.config.credential.CredentialFolders;
import org.ikebana.config.credential.Folder;
import org.ikebana.config.credential.Passphrase;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.SchemaCheck;
import org.ikebana.config.schema.SecretKeys;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TokenKeys;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.config.syntax.Inheritance;
import org.ikebana.config.syntax.Section;
import org.ikebana.config.syntax.Setting;
import org.ikebana.config.syntax.View;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.crypto.SigningKey;

/**
 * What a {@code swanctl.conf} says.
 *
 * @param certificates what lies in the folders beside it
 * @param statusSources what is known there and from {@code authorities} about revocation
 * @param secretFiles files in which secrets of any kind stand
 */
public record SwanctlConf(
        List<ConnectionConfig> connections,
        List<SharedKey> sharedKeys,
        List<Ppk> ppks,
        List<EapSecret> eapSecrets,
        Certificates certificates,
        StatusSources statusSources,
        Set<String> secretFiles) {
    private static final Set<String> SECRET_KEYS = Set.of("secret", "pin");

    public SwanctlConf {
        connections = List.copyOf(connections);
        sharedKeys = List.copyOf(sharedKeys);
        ppks = List.copyOf(ppks);
        eapSecrets = List.copyOf(eapSecrets);
        secretFiles = Set.copyOf(secretFiles);
    }

    /** Errors and warnings go to the problems; if there are errors, what is returned is of no use. */
    public static SwanctlConf read(Section root, CredentialFolders folders, Problems problems) {
        var document = new TypedSection(new Inheritance(root, problems).root());
        new SchemaCheck(SwanctlTable.ROOT, problems).check(document.view());

        var connectionReader = new ConnectionReader(folders, problems);
        List<ConnectionConfig> connections = document.section("connections").stream()
                .flatMap(section -> section.sections(SwanctlTable.CONNECTION).stream())
                .flatMap(section -> connectionReader.read(section).stream())
                .toList();
        List<OwnedKey> keys = keys(document, problems);
        List<OwnedPpk> ppks = ppks(document, problems);
        List<OwnedEapSecret> eapSecrets = document.section("secrets").stream()
                .flatMap(section -> OwnedEapSecret.readAll(section, problems).stream())
                .toList();
        if (!problems.hasErrors()) {
            new EapSecretChecks(eapSecrets, problems).check(connections);
            new SecretChecks(keys, problems).check(connections);
            new PpkChecks(ppks, problems).check(connections);
        }
        new ReqidCheck(problems).check(connections);
        List<AuthorityUris> authorities = new AuthorityReader(folders, problems).readAll(document);
        Certificates certificates = folders.load(passphrases(document), tokenKeys(document, folders, problems))
                .with(authorities.stream().map(AuthorityUris::authority).toList());
        return new SwanctlConf(
                connections,
                keys.stream().map(OwnedKey::key).toList(),
                ppks.stream().map(OwnedPpk::ppk).toList(),
                eapSecrets.stream().map(OwnedEapSecret::secret).toList(),
                certificates,
                folders.loadStatusSources(authorities),
                secretFiles(document));
    }

    private static List<OwnedKey> keys(TypedSection document, Problems problems) {
        return document.section("secrets").stream()
                .flatMap(section -> section.sections(SwanctlTable.SECRET).stream())
                .flatMap(section -> OwnedKey.read(section, problems).stream())
                .toList();
    }

    private static List<OwnedPpk> ppks(TypedSection document, Problems problems) {
        return document.section("secrets").stream()
                .flatMap(section -> section.sections(SwanctlTable.PPK).stream())
                .flatMap(section -> OwnedPpk.read(section, problems).stream())
                .toList();
    }

    private static List<SigningKey> tokenKeys(TypedSection document, CredentialFolders folders, Problems problems) {
        List<SigningKey> keys = new ArrayList<>();
        document.section("secrets").stream()
                .flatMap(section -> section.sections(SwanctlTable.TOKEN).stream())
                .forEach(section -> {
                    if (!section.isGiven(TokenKeys.HANDLE)) {
                        problems.error(
                                section.place(),
                                "this key on a token has no handle",
                                "add handle = ..., as 'pkcs11-tool --list-objects' shows it as ID");
                    }
                    TokenKeys.place(section)
                            .flatMap(where -> folders.key(where, section.find(TokenKeys.PIN), section.place()))
                            .ifPresent(keys::add);
                });
        return keys;
    }

    private static List<Passphrase> passphrases(TypedSection document) {
        List<Passphrase> found = new ArrayList<>();
        for (Folder folder : Folder.values()) {
            SwanctlTable.PASSPHRASES.stream()
                    .filter(type -> type.path().equals("secrets." + folder.path() + "<suffix>"))
                    .flatMap(type -> document.section("secrets").stream().flatMap(all -> all.sections(type).stream()))
                    .forEach(section -> section.find(SecretKeys.SECRET)
                            .ifPresent(secret -> found.add(new Passphrase(
                                    folder, section.find(SecretKeys.FILE).orElse(""), secret))));
        }
        return found;
    }

    private static Set<String> secretFiles(TypedSection document) {
        Set<String> found = new HashSet<>();
        document.section("secrets").stream()
                .flatMap(secrets -> secrets.view().sections().stream())
                .map(View::settings)
                .forEach(settings -> settings.stream()
                        .filter(setting -> SECRET_KEYS.contains(setting.key()))
                        .map(Setting::place)
                        .map(SourceRef::file)
                        .forEach(found::add));
        return found;
    }
}
