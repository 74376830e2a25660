package org.ikebana.simulation;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildBuilder;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionBuilder;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.wire.ProtocolId;

/**
 * One end of a site-to-site connection, as a test writes it down.
 *
 * @param ike what is otherwise than usual in the connection
 * @param child what is otherwise than usual in each of its children
 */
record Site(
        String local,
        String remote,
        String localNet,
        String remoteNet,
        UnaryOperator<ConnectionBuilder> ike,
        UnaryOperator<ChildBuilder> child) {

    static Site of(String local, String remote, String localNet, String remoteNet) {
        return new Site(local, remote, localNet, remoteNet, UnaryOperator.identity(), UnaryOperator.identity())
                .proposing("aes256gcm16-prfsha256-x25519", "aes256gcm16")
                .identified(local, remote);
    }

    Site starting(StartAction action) {
        return withChild(c -> c.startAction(action));
    }

    Site proposing(String ikeProposals, String espProposals) {
        var forIke = parsed(() -> ProposalSyntax.parseList(ProtocolId.IKE, ikeProposals));
        var forEsp = parsed(() -> ProposalSyntax.parseList(ProtocolId.ESP, espProposals));
        return with(c -> c.proposals(forIke)).withChild(c -> c.proposals(forEsp));
    }

    /** At whatever address it has. */
    Site everywhere() {
        return with(c -> c.localAddresses(List.of(new AddressSpec.Any())));
    }

    /** Its addresses may change (RFC 4555). */
    Site mobile() {
        return with(c -> c.mobike(true));
    }

    Site checkingEvery(Duration delay) {
        return with(c -> c.dpdDelay(delay));
    }

    Site encapsulating() {
        return with(c -> c.forceEncap(true));
    }

    Site fragmenting(Fragmentation how) {
        return with(c -> c.fragmentation(how));
    }

    Site unique(UniquePolicy policy) {
        return with(c -> c.unique(policy));
    }

    Site identified(String ours, String theirs) {
        var own = new AuthConfig(AuthConfig.Method.PSK, parsed(() -> Identity.parse(ours)));
        var other = new AuthConfig(AuthConfig.Method.PSK, parsed(() -> Identity.parse(theirs)));
        return with(c -> c.local(own).remote(other));
    }

    Site with(UnaryOperator<ConnectionBuilder> change) {
        return new Site(local, remote, localNet, remoteNet, c -> change.apply(ike.apply(c)), child);
    }

    Site withChild(UnaryOperator<ChildBuilder> change) {
        return new Site(local, remote, localNet, remoteNet, ike, c -> change.apply(child.apply(c)));
    }

    ConnectionConfig connection() throws Exception {
        return connection(child("net", localNet, remoteNet));
    }

    ConnectionConfig connection(ChildConfig... children) throws Exception {
        return ike.apply(ConnectionConfig.named("site")
                        .localAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(local))))
                        .remoteAddresses(List.of(new AddressSpec.Exact(InetAddress.getByName(remote))))
                        .randTime(Duration.ZERO)
                        .mobike(false)
                        .children(List.of(children)))
                .build();
    }

    /** The same under another name. */
    static ConnectionConfig renamed(String name, ConnectionConfig connection) {
        return ConnectionConfig.named(name)
                .localAddresses(connection.localAddresses())
                .remoteAddresses(connection.remoteAddresses())
                .proposals(connection.proposals())
                .mobike(false)
                .local(connection.local())
                .remote(connection.remote())
                .ppk(connection.ppk())
                .children(connection.children())
                .build();
    }

    ChildConfig child(String name, String childLocalNet, String childRemoteNet) {
        return child.apply(ChildConfig.named(name)
                        .localSelectors(selectors(childLocalNet))
                        .remoteSelectors(selectors(childRemoteNet))
                        .randTime(Duration.ZERO)
                        .lifetimes(Lifetimes.NONE))
                .build();
    }

    static SharedKey secret(String text) {
        return new SharedKey("ike-test", List.of(), Secret.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<SelectorSpec> selectors(String net) {
        return Stream.of(net.split(" "))
                .<SelectorSpec>map(one -> new SelectorSpec.Fixed(parsed(() -> SelectorSyntax.parse(one))))
                .toList();
    }

    /** What a test writes down is right. */
    private static <T> T parsed(Callable<T> text) {
        try {
            return text.call();
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }
}
