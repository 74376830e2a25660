package org.ikebana.bench.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.wire.KeId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A fresh key pair and one agreement, as each side of an IKE SA has to make. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeyExchangeBenchmark {
    /** The method and who computes it. */
    public enum Candidate {
        CURVE25519_REGISTRY(KeId.CURVE25519),
        CURVE25519_PLATFORM(KeId.CURVE25519),
        ECP256_REGISTRY(KeId.ECP_256),
        ECP256_PLATFORM(KeId.ECP_256),
        ECP384_REGISTRY(KeId.ECP_384),
        ECP384_PLATFORM(KeId.ECP_384),
        MODP2048_REGISTRY(KeId.MODP_2048),
        MODP2048_PLATFORM(KeId.MODP_2048),
        MODP2048_BOUNCY_CASTLE(KeId.MODP_2048);

        private final int id;

        Candidate(int id) {
            this.id = id;
        }

        private KeyExchange method() {
            return CryptoRegistry.standard().keyExchange(id).orElseThrow();
        }

        private Responder responder(SecureRandom random) throws GeneralSecurityException {
            return switch (this) {
                case CURVE25519_REGISTRY, ECP256_REGISTRY, ECP384_REGISTRY, MODP2048_REGISTRY ->
                    ofRegistry(method(), random);
                case CURVE25519_PLATFORM -> PlatformResponders.curve25519(random);
                case ECP256_PLATFORM -> PlatformResponders.ecp("secp256r1", random);
                case ECP384_PLATFORM -> PlatformResponders.ecp("secp384r1", random);
                case MODP2048_PLATFORM -> PlatformResponders.modp2048(random);
                case MODP2048_BOUNCY_CASTLE -> BouncyCastle.modp2048(random);
            };
        }
    }

    @Param
    private Candidate candidate = Candidate.CURVE25519_REGISTRY;

    private Responder responder = peer -> peer;
    private byte[] peerPublicValue = {};

    @Setup
    public void prepare() throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        responder = candidate.responder(random);
        try (KeyExchange.Initiator peer = candidate.method().initiate(random)) {
            peerPublicValue = peer.publicValue();
        }
    }

    @Benchmark
    public byte[] respond() throws GeneralSecurityException {
        return responder.respond(peerPublicValue);
    }

    private static Responder ofRegistry(KeyExchange method, SecureRandom random) {
        return peer -> {
            try {
                return method.respond(peer, random).shared().bytes();
            } catch (InvalidPublicValueException e) {
                throw new GeneralSecurityException(e);
            }
        };
    }
}
