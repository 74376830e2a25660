package org.ikebana.kernel.xfrm;

import static java.util.Map.entry;

import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAead;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAuth;

/** IKE's transforms under the names that the kernel has for them. */
final class KernelAlgorithms {
    private static final Map<Integer, Cipher> CIPHERS = Map.ofEntries(
            entry(EncrId.DES_EDE3_CBC, Cipher.plain("cbc(des3_ede)")),
            entry(EncrId.NULL, Cipher.plain("ecb(cipher_null)")),
            entry(EncrId.AES_CBC, Cipher.plain("cbc(aes)")),
            entry(EncrId.AES_CTR, Cipher.plain("rfc3686(ctr(aes))")),
            entry(EncrId.CAMELLIA_CBC, Cipher.plain("cbc(camellia)")),
            entry(EncrId.AES_CCM_8, new Cipher("rfc4309(ccm(aes))", 64)),
            entry(EncrId.AES_CCM_12, new Cipher("rfc4309(ccm(aes))", 96)),
            entry(EncrId.AES_CCM_16, new Cipher("rfc4309(ccm(aes))", 128)),
            entry(EncrId.AES_GCM_8, new Cipher("rfc4106(gcm(aes))", 64)),
            entry(EncrId.AES_GCM_12, new Cipher("rfc4106(gcm(aes))", 96)),
            entry(EncrId.AES_GCM_16, new Cipher("rfc4106(gcm(aes))", 128)),
            entry(EncrId.NULL_AUTH_AES_GMAC, new Cipher("rfc4543(gcm(aes))", 128)),
            entry(EncrId.CHACHA20_POLY1305, new Cipher("rfc7539esp(chacha20,poly1305)", 128)));

    /** The kernel's own truncation of hmac(sha256) is 96 bits, not the 128 of RFC 4868: so it is always told. */
    private static final Map<Integer, Mac> MACS = Map.of(
            IntegId.HMAC_MD5_96, new Mac("hmac(md5)", 96),
            IntegId.HMAC_MD5_128, new Mac("hmac(md5)", 128),
            IntegId.HMAC_SHA1_96, new Mac("hmac(sha1)", 96),
            IntegId.HMAC_SHA1_160, new Mac("hmac(sha1)", 160),
            IntegId.AES_XCBC_96, new Mac("xcbc(aes)", 96),
            IntegId.AES_CMAC_96, new Mac("cmac(aes)", 96),
            IntegId.HMAC_SHA2_256_128, new Mac("hmac(sha256)", 128),
            IntegId.HMAC_SHA2_384_192, new Mac("hmac(sha384)", 192),
            IntegId.HMAC_SHA2_512_256, new Mac("hmac(sha512)", 256));

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

    private record Cipher(String name, int icvBits) {
        static Cipher plain(String name) {
            return new Cipher(name, 0);
        }

        boolean isAead() {
            return icvBits > 0;
        }
    }

    private record Mac(String name, int truncationBits) {}
}
