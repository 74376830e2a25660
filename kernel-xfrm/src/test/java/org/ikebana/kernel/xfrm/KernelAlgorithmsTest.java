package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.util.Optional;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's names (crypto API), and the lengths of RFC 4106, 4309, 4543, 4868 and 7634. */
class KernelAlgorithmsTest {
    private static final Transform CBC = new Transform(TransformType.ENCR, EncrId.AES_CBC, 128);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                EncrId.AES_CCM_8 + "|rfc4309(ccm(aes))|64",
                EncrId.AES_CCM_12 + "|rfc4309(ccm(aes))|96",
                EncrId.AES_CCM_16 + "|rfc4309(ccm(aes))|128",
                EncrId.AES_GCM_8 + "|rfc4106(gcm(aes))|64",
                EncrId.AES_GCM_12 + "|rfc4106(gcm(aes))|96",
                EncrId.AES_GCM_16 + "|rfc4106(gcm(aes))|128",
                EncrId.NULL_AUTH_AES_GMAC + "|rfc4543(gcm(aes))|128",
                EncrId.CHACHA20_POLY1305 + "|rfc7539esp(chacha20,poly1305)|128"
            })
    void combinedModes(int transform, String name, int icvBits) throws Exception {
        Attributes attributes = encryption(transform, 36);

        assertThat(attributes.list()).hasSize(1);
        assertThat(attributes.get(Xfrma.ALG_AEAD)).hasValueSatisfying(algorithm -> {
            assertThat(algorithm.name()).isEqualTo(name);
            assertThat(algorithm.icvBits()).isEqualTo(icvBits);
            assertThat(algorithm.keyBits()).as("with salt").isEqualTo(288);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                EncrId.NULL + "|ecb(cipher_null)|0",
                EncrId.DES_CBC + "|cbc(des)|8",
                EncrId.DES_EDE3_CBC + "|cbc(des3_ede)|24",
                EncrId.CAST_CBC + "|cbc(cast5)|16",
                EncrId.BLOWFISH_CBC + "|cbc(blowfish)|56",
                EncrId.AES_CBC + "|cbc(aes)|32",
                EncrId.AES_CTR + "|rfc3686(ctr(aes))|20",
                EncrId.CAMELLIA_CBC + "|cbc(camellia)|16"
            })
    void plainCiphers(int transform, String name, int keyLength) throws Exception {
        assertThat(encryption(transform, keyLength).get(Xfrma.ALG_CRYPT))
                .contains(new XfrmAlgo(name, keyLength * 8, key(keyLength)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                IntegId.HMAC_MD5_96 + "|hmac(md5)|96",
                IntegId.HMAC_MD5_128 + "|hmac(md5)|128",
                IntegId.HMAC_SHA1_96 + "|hmac(sha1)|96",
                IntegId.HMAC_SHA1_160 + "|hmac(sha1)|160",
                IntegId.AES_XCBC_96 + "|xcbc(aes)|96",
                IntegId.AES_CMAC_96 + "|cmac(aes)|96",
                IntegId.HMAC_SHA2_256_128 + "|hmac(sha256)|128",
                IntegId.HMAC_SHA2_384_192 + "|hmac(sha384)|192",
                IntegId.HMAC_SHA2_512_256 + "|hmac(sha512)|256"
            })
    void integrity(int transform, String name, int truncationBits) throws Exception {
        Attributes attributes = KernelAlgorithms.attributes(SaProtocol.ESP, algorithms(CBC, 16, transform));

        assertThat(attributes.has(Xfrma.ALG_CRYPT)).isTrue();
        assertThat(attributes.get(Xfrma.ALG_AUTH_TRUNC)).hasValueSatisfying(algorithm -> {
            assertThat(algorithm.name()).isEqualTo(name);
            assertThat(algorithm.truncationBits()).isEqualTo(truncationBits);
        });
    }

    @Test
    void compressionIsDeflate() throws Exception {
        Attributes attributes =
                KernelAlgorithms.attributes(SaProtocol.IPCOMP, algorithms(CBC, 16, IntegId.HMAC_SHA1_96));

        assertThat(attributes.list()).hasSize(1);
        assertThat(attributes.get(Xfrma.ALG_COMP)).contains(new XfrmAlgo("deflate", 0, key(0)));
    }

    private static Attributes encryption(int transform, int keyLength) throws NoSuchAlgorithmException {
        Transform encryption = new Transform(TransformType.ENCR, transform, 0);
        return KernelAlgorithms.attributes(
                SaProtocol.ESP, new SaAlgorithms(encryption, key(keyLength), Optional.empty()));
    }

    private static SaAlgorithms algorithms(Transform encryption, int keyLength, int integrity) {
        Transform transform = Transform.of(TransformType.INTEG, integrity);
        return new SaAlgorithms(encryption, key(keyLength), Optional.of(new SaAlgorithms.Keyed(transform, key(20))));
    }

    private static Secret key(int length) {
        return Secret.wrap(new byte[length]);
    }
}
