package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.wire.ProtocolId;

/** Makes a {@link ConnectionConfig}, from strongSwan's defaults or from another one. */
public final class ConnectionBuilder {
    private String name;
    private List<AddressSpec> localAddresses = List.of(new AddressSpec.Any());
    private List<AddressSpec> remoteAddresses = List.of(new AddressSpec.Any());
    private int localPort = 500;
    private int remotePort = 500;
    private List<Proposal> proposals = ProposalSyntax.defaults(ProtocolId.IKE);
    private Duration rekeyTime = Duration.ofHours(4);
    private Duration reauthTime = Duration.ZERO;
    private Duration overTime = Duration.ofMinutes(24);
    private Duration randTime = Duration.ofMinutes(24);
    private Duration dpdDelay = Duration.ZERO;
    private boolean forceEncap = false;
    private boolean mobike = true;
    private Fragmentation fragmentation = Fragmentation.YES;
    private Childless childless = Childless.ALLOW;
    private PpkPolicy ppk = PpkPolicy.NONE;
    private int keyingTries = 0;
    private UniquePolicy unique = UniquePolicy.NO;
    private AuthConfig local = new AuthConfig(AuthConfig.Method.PSK, Identity.ANY);
    private AuthConfig remote = new AuthConfig(AuthConfig.Method.PSK, Identity.ANY);
    private List<ChildConfig> children = List.of();
    private Map<String, SourceRef> places = Map.of();

    ConnectionBuilder(String name) {
        this.name = name;
    }

    ConnectionBuilder(ConnectionConfig usual) {
        name = usual.name();
        localAddresses = usual.localAddresses();
        remoteAddresses = usual.remoteAddresses();
        localPort = usual.localPort();
        remotePort = usual.remotePort();
        proposals = usual.proposals();
        rekeyTime = usual.rekeyTime();
        reauthTime = usual.reauthTime();
        overTime = usual.overTime();
        randTime = usual.randTime();
        dpdDelay = usual.dpdDelay();
        forceEncap = usual.forceEncap();
        mobike = usual.mobike();
        fragmentation = usual.fragmentation();
        childless = usual.childless();
        ppk = usual.ppk();
        keyingTries = usual.keyingTries();
        unique = usual.unique();
        local = usual.local();
        remote = usual.remote();
        children = usual.children();
        places = usual.places();
    }

    public ConnectionBuilder name(String value) {
        name = value;
        return this;
    }

    public ConnectionBuilder localAddresses(List<AddressSpec> value) {
        localAddresses = value;
        return this;
    }

    public ConnectionBuilder remoteAddresses(List<AddressSpec> value) {
        remoteAddresses = value;
        return this;
    }

    public ConnectionBuilder localPort(int value) {
        localPort = value;
        return this;
    }

    public ConnectionBuilder remotePort(int value) {
        remotePort = value;
        return this;
    }

    public ConnectionBuilder proposals(List<Proposal> value) {
        proposals = value;
        return this;
    }

    public ConnectionBuilder rekeyTime(Duration value) {
        rekeyTime = value;
        return this;
    }

    public ConnectionBuilder reauthTime(Duration value) {
        reauthTime = value;
        return this;
    }

    public ConnectionBuilder overTime(Duration value) {
        overTime = value;
        return this;
    }

    public ConnectionBuilder randTime(Duration value) {
        randTime = value;
        return this;
    }

    public ConnectionBuilder dpdDelay(Duration value) {
        dpdDelay = value;
        return this;
    }

    public ConnectionBuilder forceEncap(boolean value) {
        forceEncap = value;
        return this;
    }

    public ConnectionBuilder mobike(boolean value) {
        mobike = value;
        return this;
    }

    public ConnectionBuilder fragmentation(Fragmentation value) {
        fragmentation = value;
        return this;
    }

    public ConnectionBuilder childless(Childless value) {
        childless = value;
        return this;
    }

    public ConnectionBuilder ppk(PpkPolicy value) {
        ppk = value;
        return this;
    }

    public ConnectionBuilder keyingTries(int value) {
        keyingTries = value;
        return this;
    }

    public ConnectionBuilder unique(UniquePolicy value) {
        unique = value;
        return this;
    }

    public ConnectionBuilder local(AuthConfig value) {
        local = value;
        return this;
    }

    public ConnectionBuilder remote(AuthConfig value) {
        remote = value;
        return this;
    }

    public ConnectionBuilder children(List<ChildConfig> value) {
        children = value;
        return this;
    }

    public ConnectionBuilder places(Map<String, SourceRef> value) {
        places = value;
        return this;
    }

    public ConnectionConfig build() {
        return new ConnectionConfig(
                name,
                localAddresses,
                remoteAddresses,
                localPort,
                remotePort,
                proposals,
                rekeyTime,
                reauthTime,
                overTime,
                randTime,
                dpdDelay,
                forceEncap,
                mobike,
                fragmentation,
                childless,
                ppk,
                keyingTries,
                unique,
                local,
                remote,
                children,
                places);
    }
}
