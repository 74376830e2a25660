package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.SecretKeys;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.connection.SourceRef;

/** A password or its hash, and where its section stands. */
record OwnedEapSecret(EapSecret secret, SourceRef place) {
    private static final int NT_HASH_OCTETS = 16;

    static List<OwnedEapSecret> readAll(TypedSection secrets, Problems problems) {
        Stream<OwnedEapSecret> passwords = SwanctlTable.EAP.stream()
                .flatMap(type -> secrets.sections(type).stream())
                .flatMap(section -> read(section, false, problems).stream());
        Stream<OwnedEapSecret> hashes =
                secrets.sections(SwanctlTable.NTLM).stream().flatMap(section -> read(section, true, problems).stream());
        return Stream.concat(passwords, hashes).toList();
    }

    /** Empty if it has no secret, or one that cannot be understood, which is reported. */
    private static Optional<OwnedEapSecret> read(TypedSection section, boolean isNtHash, Problems problems) {
        if (!section.isGiven(SecretKeys.SECRET)) {
            problems.error(section.place(), "this password is empty", "add secret = ...");
        }
        Optional<OwnedEapSecret> read = section.find(SecretKeys.SECRET)
                .map(secret -> new OwnedEapSecret(
                        new EapSecret(section.name(), section.all(SecretKeys.USER), secret, isNtHash),
                        section.place()));
        read.filter(own -> isNtHash && own.secret.secret().length() != NT_HASH_OCTETS)
                .ifPresent(own -> problems.error(
                        section.place(SecretKeys.SECRET),
                        "an NT hash has " + NT_HASH_OCTETS + " octets, this one "
                                + own.secret.secret().length(),
                        "write it in hexadecimal after 0x, or put the password into a section eap"));
        return read;
    }
}
