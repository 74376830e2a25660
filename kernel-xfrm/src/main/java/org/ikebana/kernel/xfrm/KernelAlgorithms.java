package org.ikebana.kernel.xfrm;

import static java.util.Map.entry;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAead;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAuth;

/** IKE's transforms under the names that the kernel has for them. */
final class KernelAlgorithms {
    private static final Map<Integer, Cipher> CIPHERS = Map.ofEntries(
            entry(EncrId.DES_CBC, Cipher.plain("cbc(des)", 8)),
            entry(EncrId.DES_EDE3_CBC, Cipher.plain("cbc(des3_ede)", 24)),
            entry(EncrId.CAST_CBC, Cipher.plain("cbc(cast5)", 5)),
            entry(EncrId.BLOWFISH_CBC, Cipher.plain("cbc(blowfish)", 5)),
            entry(EncrId.NULL, Cipher.plain("ecb(cipher_null)", 0)),
            entry(EncrId.AES_CBC, Cipher.plain("cbc(aes)", 16)),
            entry(EncrId.AES_CTR, Cipher.plain("rfc3686(ctr(aes))", 20)),
            entry(EncrId.CAMELLIA_CBC, Cipher.plain("cbc(camellia)", 16)),
            entry(EncrId.AES_CCM_8, new Cipher("rfc4309(ccm(aes))", 64, 19)),
            entry(EncrId.AES_CCM_12, new Cipher("rfc4309(ccm(aes))", 96, 19)),
            entry(EncrId.AES_CCM_16, new Cipher("rfc4309(ccm(aes))", 128, 19)),
            entry(EncrId.AES_GCM_8, new Cipher("rfc4106(gcm(aes))", 64, 20)),
            entry(EncrId.AES_GCM_12, new Cipher("rfc4106(gcm(aes))", 96, 20)),
            entry(EncrId.AES_GCM_16, new Cipher("rfc4106(gcm(aes))", 128, 20)),
            entry(EncrId.NULL_AUTH_AES_GMAC, new Cipher("rfc4543(gcm(aes))", 128, 20)),
            entry(EncrId.CHACHA20_POLY1305, new Cipher("rfc7539esp(chacha20,poly1305)", 128, 36)));

    /** The kernel's own truncation of hmac(sha256) is 96 bits, not the 128 of RFC 4868: so it is always told. */
    private static final Map<Integer, Mac> MACS = Map.of(
            IntegId.HMAC_MD5_96, new Mac("hmac(md5)", 96, 16),
            IntegId.HMAC_MD5_128, new Mac("hmac(md5)", 128, 16),
            IntegId.HMAC_SHA1_96, new Mac("hmac(sha1)", 96, 20),
            IntegId.HMAC_SHA1_160, new Mac("hmac(sha1)", 160, 20),
            IntegId.AES_XCBC_96, new Mac("xcbc(aes)", 96, 16),
            IntegId.AES_CMAC_96, new Mac("cmac(aes)", 96, 16),
            IntegId.HMAC_SHA2_256_128, new Mac("hmac(sha256)", 128, 32),
            IntegId.HMAC_SHA2_256_96, new Mac("hmac(sha256)", 96, 32),
            IntegId.HMAC_SHA2_384_192, new Mac("hmac(sha384)", 192, 48),
            IntegId.HMAC_SHA2_512_256, new Mac("hmac(sha512)", 256, 64));

    private KernelAlgorithms() {}

    /**
     * The attributes that tell algorithms and keys, which are shared, not copied. AH has no cipher (RFC 4302), IPComp
     * compresses by DEFLATE (RFC 2394).
     *
     * @throws NoSuchAlgorithmException when XFRM has no name for a transform
     */
    static Attributes attributes(SaProtocol protocol, SaAlgorithms algorithms) throws NoSuchAlgorithmException {
        return switch (protocol) {
            case ESP -> withIntegrity(encryption(algorithms), algorithms);
            case AH -> withIntegrity(Attributes.NONE, algorithms);
            case IPCOMP -> Attributes.NONE.with(Xfrma.ALG_COMP, XfrmAlgo.of("deflate", Secret.wrap(new byte[0])));
        };
    }

    private static Attributes encryption(SaAlgorithms algorithms) throws NoSuchAlgorithmException {
        Cipher cipher = known(CIPHERS, algorithms.encryption());
        Secret key = algorithms.encryptionKey();
        return cipher.isAead()
                ? Attributes.NONE.with(Xfrma.ALG_AEAD, XfrmAlgoAead.of(cipher.name, cipher.icvBits, key))
                : Attributes.NONE.with(Xfrma.ALG_CRYPT, XfrmAlgo.of(cipher.name, key));
    }

    private static Attributes withIntegrity(Attributes attributes, SaAlgorithms algorithms)
            throws NoSuchAlgorithmException {
        if (algorithms.integrity().isEmpty()) {
            return attributes;
        }
        SaAlgorithms.Keyed integrity = algorithms.integrity().get();
        Mac mac = known(MACS, integrity.transform());
        return attributes.with(Xfrma.ALG_AUTH_TRUNC, XfrmAlgoAuth.of(mac.name, mac.truncationBits, integrity.key()));
    }

    private static <T> T known(Map<Integer, T> table, Transform transform) throws NoSuchAlgorithmException {
        T algorithm = table.get(transform.id());
        if (algorithm == null) {
            throw new NoSuchAlgorithmException(
                    "XFRM has no algorithm for " + transform.type() + " transform " + transform.id());
        }
        return algorithm;
    }

    /** Every algorithm once, with a key of the smallest length it takes: ESP's by name and then AH's. */
    static List<Named> all(IntFunction<Secret> keys) {
        List<Named> all = new ArrayList<>();
        Mac sha256 = known(IntegId.HMAC_SHA2_256_128);
        CIPHERS.forEach((id, cipher) -> {
            Optional<SaAlgorithms.Keyed> integrity =
                    cipher.isAead() ? Optional.empty() : Optional.of(keyed(IntegId.HMAC_SHA2_256_128, sha256, keys));
            Transform transform = Transform.of(TransformType.ENCR, id);
            all.add(new Named(
                    cipher.toString(),
                    SaProtocol.ESP,
                    new SaAlgorithms(transform, keys.apply(cipher.keyOctets), integrity)));
        });
        MACS.forEach((id, mac) -> all.add(new Named(
                mac.toString(),
                SaProtocol.AH,
                new SaAlgorithms(
                        Transform.of(TransformType.ENCR, EncrId.NULL),
                        keys.apply(0),
                        Optional.of(keyed(id, mac, keys))))));
        all.sort(Comparator.comparing(Named::protocol).thenComparing(Named::name));
        return all;
    }

    private static SaAlgorithms.Keyed keyed(int id, Mac mac, IntFunction<Secret> keys) {
        return new SaAlgorithms.Keyed(Transform.of(TransformType.INTEG, id), keys.apply(mac.keyOctets));
    }

    private static Mac known(int integrity) {
        return Objects.requireNonNull(MACS.get(integrity));
    }

    /** Algorithms under the kernel's name for them. */
    record Named(String name, SaProtocol protocol, SaAlgorithms algorithms) {}

    /** @param keyOctets of the smallest key, the salt included */
    private record Cipher(String name, int icvBits, int keyOctets) {
        static Cipher plain(String name, int keyOctets) {
            return new Cipher(name, 0, keyOctets);
        }

        boolean isAead() {
            return icvBits > 0;
        }

        @Override
        public String toString() {
            return isAead() ? name + " " + icvBits : name;
        }
    }

    private record Mac(String name, int truncationBits, int keyOctets) {
        @Override
        public String toString() {
            return name + " " + truncationBits;
        }
    }
}
