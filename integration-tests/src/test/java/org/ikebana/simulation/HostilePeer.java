package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.AuthKeying;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildCreation;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ChildSink;
import org.ikebana.ike.task.FragmentUse;
import org.ikebana.ike.task.IkeRekey;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.InitExtensions;
import org.ikebana.ike.task.InitResult;
import org.ikebana.ike.task.KeyNegotiation;
import org.ikebana.ike.task.NatDetection;
import org.ikebana.ike.task.NegotiatedChild;
import org.ikebana.ike.task.PeerSignatures;
import org.ikebana.ike.task.PpkUse;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.task.SignatureAuthentication;
import org.ikebana.ike.task.SupportNotify;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.DecodedChain;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.EncryptedPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.x509.ProvenPaths;

/** A peer that knows the secret, and says under the right keys what it likes. */
final class HostilePeer {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();

    private final Host victim;
    private final ConnectionConfig connection;
    private final SecureRandom random;
    private final InetSocketAddress own;
    private final InetSocketAddress target;
    private final InitResult init;
    private final long spi;
    private final long victimSpi;
    private final Network network;
    private final SkCipher cipher;
    private final SkCipher ofVictim;
    private int messageId = 1;

    private HostilePeer(Host victim, Network network, Site site, SecureRandom random, Payload... more)
            throws Exception {
        this.victim = victim;
        this.network = network;
        this.connection = site.connection();
        this.random = random;
        this.own = new InetSocketAddress(InetAddress.getByName(site.local()), 500);
        this.target = new InetSocketAddress(InetAddress.getByName(site.remote()), 500);
        this.spi = random.nextLong() | 1;
        KeyNegotiation keys = new KeyNegotiation(CRYPTO, random, connection::proposals, Optional.empty());
        NatDetection nat = new NatDetection(false, spi, 0, own, target);
        keys.start();
        List<Payload> payloads = new ArrayList<>();
        keys.buildRequest(payloads);
        nat.buildRequest(payloads);
        FragmentUse fragments = FragmentUse.wanted(List.of(connection.fragmentation()));
        SupportNotify fragmentation = SupportNotify.fragmentation(fragments);
        fragmentation.buildRequest(payloads);
        payloads.addAll(List.of(more));
        byte[] request = MessageWriter.write(
                new IkeMessage(IkeHeader.of(spi, 0, ExchangeType.IKE_SA_INIT, true, false, 0), payloads));
        network.sent().clear();
        victim.engine().onDatagram(new Datagram(target, own, request));
        Datagram answer = network.sent().getFirst();
        IkeMessage message = ((Decoded.Accepted) MessageReader.read(answer.payload())).message();
        InboundMessage response = new InboundMessage(message.header(), message.payloads(), answer);
        nat.processResponse(response);
        fragmentation.processResponse(response);
        keys.processResponse(response);
        this.victimSpi = message.header().responderSpi();
        this.init = InitResult.derive(
                Role.INITIATOR,
                keys,
                nat,
                new InitExtensions(
                        fragments.where(fragmentation.agreed()),
                        false,
                        true,
                        PpkUse.NONE,
                        PeerSignatures.NONE,
                        false,
                        false),
                spi,
                victimSpi,
                request,
                answer.payload());
        this.cipher = cipher(init.keys().skEi(), init.keys().skAi());
        this.ofVictim = cipher(init.keys().skEr(), init.keys().skAr());
    }

    private HostilePeer(HostilePeer old, IkeRekey rekey) {
        this.victim = old.victim;
        this.network = old.network;
        this.connection = old.connection;
        this.random = old.random;
        this.own = old.own;
        this.target = old.target;
        this.spi = rekey.initiatorSpi();
        this.victimSpi = rekey.responderSpi();
        this.init = rekey.result().orElseThrow();
        this.cipher = cipher(init.keys().skEi(), init.keys().skAi());
        this.ofVictim = cipher(init.keys().skEr(), init.keys().skAr());
        this.messageId = 0;
    }

    /** Has done IKE_SA_INIT with the victim. */
    static HostilePeer begin(Host victim, Network network, Site site, SecureRandom random) throws Exception {
        return new HostilePeer(victim, network, site, random);
    }

    /** @param more in IKE_SA_INIT, beside what belongs there */
    static HostilePeer begin(Host victim, Network network, Site site, SecureRandom random, Payload... more)
            throws Exception {
        return new HostilePeer(victim, network, site, random, more);
    }

    long spi() {
        return spi;
    }

    /** The payloads of a good IKE_AUTH request. */
    List<Payload> authPayloads() throws Exception {
        List<Payload> payloads = new ArrayList<>();
        new Authentication(
                        init,
                        new SharedKeys(List.of(Site.secret("correct horse"))),
                        connection,
                        own.getAddress(),
                        new SignatureAuthentication(
                                CRYPTO,
                                victim,
                                new SharedKeys(List.of()),
                                new ProvenPaths(),
                                (own, issuer) -> Optional.empty(),
                                false,
                                PeerSignatures.NONE))
                .buildRequest(payloads);
        ChildConfig child = connection.children().getFirst();
        ChildCreation.initiator(
                        CRYPTO,
                        new NoKernel(),
                        new AuthKeying(() -> init),
                        new ChildRequest(child, Optional.empty(), () -> 0))
                .buildRequest(payloads);
        return payloads;
    }

    /** A message of the victim, opened. */
    record Heard(IkeHeader header, List<Payload> payloads) {
        <P extends Payload> P first(Class<P> type) {
            return payloads.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElseThrow();
        }

        boolean has(int notifyType) {
            return payloads.stream().anyMatch(p -> p instanceof NotifyPayload n && n.notifyType() == notifyType);
        }
    }

    /** Makes a new IKE SA in the place of this one, and deletes this one (RFC 7296 2.18). */
    HostilePeer rekey() throws Exception {
        IkeRekey rekey = IkeRekey.initiator(
                CRYPTO, random, connection, init, spi ^ 2, Optional.empty(), nonce -> true, done -> {});
        List<Payload> request = new ArrayList<>();
        rekey.buildRequest(request);
        hear();
        say(ExchangeType.CREATE_CHILD_SA, request.toArray(Payload[]::new));
        Heard answer = hear().getFirst();
        rekey.processResponse(
                new InboundMessage(answer.header, answer.payloads, new Datagram(own, target, new byte[0])));
        say(ExchangeType.INFORMATIONAL, DeletePayload.ofIke());
        hear();
        return new HostilePeer(this, rekey);
    }

    /** What the victim has sent since this was last asked. */
    List<Heard> hear() {
        List<Heard> heard = new ArrayList<>();
        for (Datagram datagram : network.sent()) {
            IkeHeader header = MessageReader.readHeader(datagram.payload()).orElseThrow();
            if (header.initiatorSpi() == spi
                    && MessageReader.read(datagram.payload()) instanceof Decoded.Accepted a
                    && a.message().payloads().getLast() instanceof EncryptedPayload encrypted) {
                heard.add(open(header, datagram.payload(), encrypted));
            }
        }
        network.sent().clear();
        return heard;
    }

    private SkCipher cipher(Secret encryption, Secret integrity) {
        return CRYPTO.skCipher(init.algorithms().encryption(), init.algorithms().integrity(), encryption, integrity);
    }

    private Heard open(IkeHeader header, byte[] message, EncryptedPayload encrypted) {
        byte[] plain = ofVictim.open(message, message.length - encrypted.body().length());
        if (plain == null) {
            throw new AssertionError("the victim's message is not authentic");
        }
        return switch (MessageReader.readChain(encrypted.firstInner(), plain)) {
            case DecodedChain.Payloads inner -> new Heard(header, inner.payloads());
            case DecodedChain.Refused refused -> throw new AssertionError(refused.detail());
        };
    }

    /** Answers a request of the victim's. */
    void answer(Heard request, Payload... payloads) {
        byte[] chain = MessageWriter.chain(List.of(payloads));
        byte[] message = MessageWriter.protectedMessage(
                request.header.answer(), MessageWriter.firstType(List.of(payloads)), cipher.bodyLength(chain.length));
        cipher.seal(message, MessageWriter.SK_BODY_OFFSET, chain, random);
        victim.engine().onDatagram(new Datagram(target, own, message));
    }

    void say(ExchangeType exchange, Payload... payloads) {
        say(exchange, MessageWriter.firstType(List.of(payloads)), MessageWriter.chain(List.of(payloads)));
    }

    /** A request under any number, whole. */
    Datagram request(int number, ExchangeType exchange, Payload... payloads) {
        byte[] chain = MessageWriter.chain(List.of(payloads));
        IkeHeader header = IkeHeader.of(spi, victimSpi, exchange, true, false, number);
        byte[] message = MessageWriter.protectedMessage(
                header, MessageWriter.firstType(List.of(payloads)), cipher.bodyLength(chain.length));
        cipher.seal(message, MessageWriter.SK_BODY_OFFSET, chain, random);
        return new Datagram(target, own, message);
    }

    /** Seals any octets as the chain of payloads of the next request, and has the victim receive them. */
    void say(ExchangeType exchange, int firstPayload, byte[] chain) {
        IkeHeader header = IkeHeader.of(spi, victimSpi, exchange, true, false, messageId++);
        byte[] message = MessageWriter.protectedMessage(header, firstPayload, cipher.bodyLength(chain.length));
        cipher.seal(message, MessageWriter.SK_BODY_OFFSET, chain, random);
        victim.engine().onDatagram(new Datagram(target, own, message));
    }

    /**
     * Has the victim receive a part of the next request, under the right keys whatever it is.
     *
     * @param payload of the inner payloads; the first one's type stands in it even where the number is not 1
     */
    void sayFragment(ExchangeType exchange, EncryptedFragmentPayload payload, byte[] part) {
        IkeHeader header = IkeHeader.of(spi, victimSpi, exchange, true, false, messageId);
        byte[] message = MessageWriter.protectedFragment(
                header,
                payload.firstInner(),
                payload.fragmentNumber(),
                payload.totalFragments(),
                cipher.bodyLength(part.length));
        cipher.seal(message, MessageWriter.SKF_BODY_OFFSET, part, random);
        victim.engine().onDatagram(new Datagram(target, own, message));
    }

    /** What follows has the message ID of the last request. */
    void sayAgain() {
        messageId--;
    }

    /** Where the child of a peer without a kernel goes. */
    private final class NoKernel implements ChildSink {
        @Override
        public InetAddress localAddress() {
            return own.getAddress();
        }

        @Override
        public InetAddress remoteAddress() {
            return target.getAddress();
        }

        @Override
        public Spi reserve(ChildConfig config, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote) {
            return new Spi(0xc0000000 | random.nextInt() >>> 4);
        }

        @Override
        public void install(NegotiatedChild child) {}

        @Override
        public void abandon(Spi freed) {}
    }
}
