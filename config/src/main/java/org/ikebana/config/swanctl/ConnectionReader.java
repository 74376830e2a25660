package org.ikebana.config.swanctl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.config.credential.NamedCredentials;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.ConnectionKeys;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.auth.CertificateSending;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.connection.SourceRef;

/** Reads {@code connections.<conn>}. */
final class ConnectionReader {
    private final Problems problems;
    private final AuthReader authentication;

    ConnectionReader(NamedCredentials credentials, Problems problems) {
        this.problems = problems;
        this.authentication = new AuthReader(credentials, problems);
    }

    /** Empty if a value in it cannot be understood. Then nothing more is said of it, as that would mislead. */
    Optional<ConnectionConfig> read(TypedSection section) {
        return section.isSound(SwanctlTable.CONNECTION) ? Optional.of(readSound(section)) : Optional.empty();
    }

    private ConnectionConfig readSound(TypedSection section) {
        var childReader = new ChildReader(section, problems);
        List<ChildConfig> children = section.section("children").stream()
                .flatMap(all -> all.sections(SwanctlTable.CHILD).stream())
                .map(childReader::read)
                .toList();
        boolean hasPeer = children.isEmpty() || !children.stream().allMatch(ChildConfig::isShunt);
        var local = authentication.read(section, SwanctlTable.LOCAL, hasPeer);
        var remote = authentication.read(section, SwanctlTable.REMOTE, hasPeer);
        IkeTimes times = IkeTimes.read(section, problems);
        var connection = ConnectionConfig.named(section.name())
                .localAddresses(section.get(ConnectionKeys.LOCAL_ADDRS))
                .remoteAddresses(section.get(ConnectionKeys.REMOTE_ADDRS))
                .localPort(section.get(ConnectionKeys.LOCAL_PORT))
                .remotePort(section.get(ConnectionKeys.REMOTE_PORT))
                .proposals(section.get(ConnectionKeys.PROPOSALS))
                .rekeyTime(times.rekey())
                .reauthTime(times.reauth())
                .overTime(times.over())
                .randTime(times.rand())
                .dpdDelay(section.get(ConnectionKeys.DPD_DELAY))
                .forceEncap(section.get(ConnectionKeys.ENCAP))
                .mobike(section.get(ConnectionKeys.MOBIKE))
                .fragmentation(section.get(ConnectionKeys.FRAGMENTATION))
                .childless(section.get(ConnectionKeys.CHILDLESS))
                .ppk(new PpkPolicy(section.find(ConnectionKeys.PPK_ID), section.get(ConnectionKeys.PPK_REQUIRED)))
                .keyingTries(section.get(ConnectionKeys.KEYING_TRIES))
                .unique(section.get(ConnectionKeys.UNIQUE))
                .local(sending(
                        local,
                        section.get(ConnectionKeys.SEND_CERT),
                        section.get(ConnectionKeys.OCSP).replies()))
                .remote(sending(
                        remote,
                        section.get(ConnectionKeys.SEND_CERTREQ)
                                ? CertificateSending.IF_ASKED
                                : CertificateSending.NEVER,
                        section.get(ConnectionKeys.OCSP).requests()))
                .children(children)
                .places(places(section))
                .build();
        new ConnectionChecks(connection, problems).check();
        new RoundChecks(connection, problems).check();
        return connection;
    }

    private static AuthConfig sending(AuthConfig side, CertificateSending when, boolean inBandStatus) {
        return side.with(side.publicKey().withPayloads(when).withInBandStatus(inBandStatus))
                .with(side.further().stream()
                        .map(round -> sending(round, when, inBandStatus))
                        .toList());
    }

    /** The section itself stands under the empty key. */
    private static Map<String, SourceRef> places(TypedSection section) {
        Map<String, SourceRef> places = new HashMap<>(section.places());
        places.put("", section.place());
        return places;
    }
}
