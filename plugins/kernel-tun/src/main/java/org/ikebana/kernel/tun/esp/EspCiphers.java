package org.ikebana.kernel.tun.esp;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the ciphers of SAs. For any thread; a cipher is of one. */
public final class EspCiphers {
    private static final Logger LOG = LoggerFactory.getLogger(EspCiphers.class);

    private final CryptoRegistry registry;
    /** Made once, by whoever comes first. */
    private final FutureTask<Choice> choice;

    private EspCiphers(CryptoRegistry registry, Callable<Choice> choice) {
        this.registry = registry;
        this.choice = new FutureTask<>(choice);
    }

    /** @param sources the first one that has an algorithm makes its ciphers */
    private record Choice(List<CipherSource> sources, String description) {
        Choice {
            sources = sources.stream().<CipherSource>map(TestedCiphers::new).toList();
        }

        static Choice of(CipherSource only) {
            return new Choice(List.of(only), only.description());
        }
    }

    /**
     * OpenSSL's ciphers where libcrypto is installed and computes rightly, else the {@link #portable} ones, which also
     * stand in for an algorithm that libcrypto lacks. That is found out when it is {@linkplain #prepare prepared}, or by the first SA.
     */
    public static EspCiphers best() {
        CryptoRegistry registry = CryptoRegistry.standard();
        return new EspCiphers(registry, () -> choose(registry));
    }

    /** The Java platform's ciphers and Bouncy Castle's: on every machine, slower, about a kilobyte of garbage a packet. */
    public static EspCiphers portable() {
        return new EspCiphers(CryptoRegistry.standard(), () -> Choice.of(new PortableCiphers()));
    }

    /** Beside whatever goes on: joining libcrypto takes as long as a third of the daemon's start, and is better not done meanwhile. */
    public void prepare() {
        Thread.ofPlatform().daemon().name("esp-ciphers").start(choice);
    }

    /** Where the ciphers come from and why, for people; waits until that is known. */
    public String description() {
        return choice().description();
    }

    private Choice choice() {
        choice.run();
        try {
            return choice.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it was found out where ciphers come from", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a choice always comes to something", e);
        }
    }

    private static Choice choose(CryptoRegistry registry) {
        CipherSource portable = new PortableCiphers();
        Choice made;
        try {
            made = choose(registry, portable);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("libcrypto cannot be called; ESP goes on with the slower {}", portable.description(), e);
            return Choice.of(portable);
        }
        LOG.info("ESP is computed by {}", made.description());
        return made;
    }

    private static Choice choose(CryptoRegistry registry, CipherSource portable) {
        Optional<String> problem = LibCrypto.problem();
        if (problem.isPresent()) {
            return new Choice(List.of(portable), portable.description() + ": " + problem.get());
        }
        CipherSource openSsl = new OpenSslCiphers();
        Encryption sample = registry.encryption(EncrId.AES_GCM_16, 128).orElseThrow();
        if (!KnownAnswers.passes(openSsl, sample)) {
            String reason = "%s: %s computes wrongly: suspect its installation or the machine"
                    .formatted(portable.description(), openSsl.description());
            return new Choice(List.of(portable), reason);
        }
        return new Choice(List.of(openSsl, portable), openSsl.description());
    }

    /**
     * A cipher of one SA, for one thread. Several for one SA may seal under one key as long as no sequence number is used
     * twice.
     *
     * @param algorithms with their keys, which are copied
     * @throws KernelException ENOSYS for an algorithm that ESP does not have here, EINVAL where algorithms do not belong
     *     together or a key's length is wrong
     */
    public EspCipher cipher(SaAlgorithms algorithms, boolean extendedSequenceNumbers) throws KernelException {
        Encryption encryption = encryption(algorithms);
        if (!encryption.isAead()) {
            return encryptThenMac(encryption, algorithms, extendedSequenceNumbers);
        }
        if (algorithms.integrity().isPresent()) {
            throw refusal(Errno.EINVAL, encryption, "protects integrity itself and goes without another algorithm");
        }
        Protection protection = first(
                        source -> source.aead(encryption, algorithms.encryptionKey(), extendedSequenceNumbers))
                .orElseThrow(() -> refusal(Errno.ENOSYS, encryption, "not offered by " + description()));
        return new FramedEspCipher(protection, encryption.ivLength(), encryption.icvLength(), encryption.blockLength());
    }

    private EspCipher encryptThenMac(Encryption encryption, SaAlgorithms algorithms, boolean extended)
            throws KernelException {
        SaAlgorithms.Keyed keyed = algorithms
                .integrity()
                .orElseThrow(() -> refusal(
                        Errno.EINVAL, encryption, "nothing protects integrity: add an integrity algorithm, as sha256"));
        Integrity integrity = integrity(keyed);
        try (CloseOnFailure opening = new CloseOnFailure()) {
            TextCipher cipher = opening.add(textCipher(encryption, algorithms.encryptionKey()), TextCipher::close);
            PacketMac mac = first(source -> source.mac(integrity, keyed.key()))
                    .orElseThrow(() -> refusal(Errno.ENOSYS, integrity.name(), "not offered by " + description()));
            Protection protection = new EncryptThenMac(cipher, mac, integrity.icvLength(), extended);
            return opening.succeeded(new FramedEspCipher(
                    protection, encryption.ivLength(), integrity.icvLength(), encryption.blockLength()));
        }
    }

    private TextCipher textCipher(Encryption encryption, Secret key) throws KernelException {
        if (encryption.id() == EncrId.NULL) {
            return new TextCipher.None();
        }
        return first(source -> source.textCipher(encryption, key))
                .orElseThrow(() -> refusal(Errno.ENOSYS, encryption, "not offered by " + description()));
    }

    private Encryption encryption(SaAlgorithms algorithms) throws KernelException {
        Transform transform = algorithms.encryption();
        Encryption encryption = registry.encryption(transform.id(), transform.keyBits())
                .orElseThrow(() -> refusal(Errno.ENOSYS, transform, "no such encryption algorithm for ESP"));
        requireLength(transform, algorithms.encryptionKey(), encryption.keyLength());
        return encryption;
    }

    private Integrity integrity(SaAlgorithms.Keyed keyed) throws KernelException {
        Integrity integrity = registry.integrity(keyed.transform().id())
                .orElseThrow(() -> refusal(Errno.ENOSYS, keyed.transform(), "no such integrity algorithm for ESP"));
        requireLength(keyed.transform(), keyed.key(), integrity.keyLength());
        return integrity;
    }

    private <T> Optional<T> first(Function<CipherSource, Optional<T>> offer) {
        return choice().sources().stream().map(offer).flatMap(Optional::stream).findFirst();
    }

    private static void requireLength(Transform transform, Secret key, int octets) throws KernelException {
        if (key.length() != octets) {
            throw refusal(
                    Errno.EINVAL, transform, "a key of %d octets where %d are needed".formatted(key.length(), octets));
        }
    }

    private static KernelException refusal(Errno errno, Encryption algorithm, String reason) {
        return refusal(errno, algorithm.name(), reason);
    }

    private static KernelException refusal(Errno errno, Object algorithm, String reason) {
        return new KernelException("ESP with " + algorithm, errno.number(), reason, Optional.empty());
    }
}
