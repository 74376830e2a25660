package org.ikebana.ike.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ikebana.ike.wire.EncrId;

/** The encryption algorithms on offer; the last columns are the {@link KnownAnswer}s, one a key length. */
final class StandardCiphers {
    private static final int AES_BLOCK = 16;
    private static final int DES_BLOCK = 8;
    /** Octets of salt and of explicit IV: RFC 3686 4, 5.1, RFC 4106 3.1, 8.1, RFC 4309 3.1, 7.1, RFC 7634 2. */
    private static final int SALT = 4;

    private static final int CCM_SALT = 3;
    private static final int IV = 8;

    private static final int[] KEY_BITS = {128, 192, 256};

    private final Map<Key, Tested<Encryption>> entries = new LinkedHashMap<>();

    private StandardCiphers() {}

    /** @param keyBits the transform's Key Length attribute, 0 where it has none */
    record Key(int id, int keyBits) {}

    static Map<Key, Tested<Encryption>> encryptions() {
        StandardCiphers table = new StandardCiphers();
        table.addCbcAndCtr();
        table.addAeads();
        table.addEspOnly();
        return Map.copyOf(table.entries);
    }

    private void addCbcAndCtr() {
        addCbc(
                EncrId.AES_CBC,
                "aes",
                (key, salt) -> JcaPacketCipher.cbc("AES", key, Nonce.saltAndIv(salt, AES_BLOCK)),
                "87ee42466742b04d831cd060ad785c6c",
                "790d27811e912fa44ce1f00a53a053f7",
                "4ade91d6a3e20ff3022f9611b2bb9574");
        addCbc(
                EncrId.CAMELLIA_CBC,
                "camellia",
                (key, salt) -> BcCbcPacketCipher.camellia(key, Nonce.saltAndIv(salt, AES_BLOCK)),
                "6772b2940d4982277d06f63bda428fd2",
                "69dfcf4f33bc4196bc399b5a4bbfa1e7",
                "0a38290532149795038f061d26aa6a87");
        IkeEncryption.Engine tripleDes =
                (key, salt) -> JcaPacketCipher.cbc("DESede", key, Nonce.saltAndIv(salt, DES_BLOCK));
        add(
                0,
                new IkeEncryption(EncrId.DES_EDE3_CBC, "3des", 24, 0, DES_BLOCK, DES_BLOCK, 0, tripleDes),
                "21f9cbdd8dde406e0f4afffceff0eb51");
        addStream(
                EncrId.AES_CTR,
                "ctr",
                SALT,
                0,
                (key, salt) -> JcaPacketCipher.ctr(key, Nonce.counterBlock(salt, IV)),
                "8c5430a38ac29dc11875faabc8461a65",
                "16ae2e14bd8e7863ced41792a9c291c9",
                "745e0c44c7bf9791eec70e0971d9d696");
    }

    private void addAeads() {
        addGcm(
                EncrId.AES_GCM_8,
                8,
                "f28849e6dda16f83059ab7ea5402e3e7",
                "2986fce383e62b7ab3036ebd4e5a0829",
                "68be8e51ef52484d4f582ad92922d755");
        addGcm(
                EncrId.AES_GCM_12,
                12,
                "e0c7d59b0b5a5ac6528fd0bb1e936a85",
                "aa9290f9d852b8e59906aae37fd6ebf7",
                "bf7a5601403bc3d1856d9e310f2c1346");
        addGcm(
                EncrId.AES_GCM_16,
                16,
                "ad4241d9822d68d4536656d955fec2a8",
                "79dac060253d6f64df779e25c5a9467a",
                "2c3f865109c28809f31adbc3abf0d4a5");
        addCcm(
                EncrId.AES_CCM_8,
                8,
                "c8f4d1a25322ab531d4690603e6963c9",
                "387b3e3936770821c320991fbd3398e1",
                "8732f3815259101441a322f660c1a0e7");
        addCcm(
                EncrId.AES_CCM_12,
                12,
                "c47dacf823fd9fed86e64ce39ca5e6e5",
                "48823bbff750643414cada17af429144",
                "6a05759b2bb9d30e53e19538ae18bc9b");
        addCcm(
                EncrId.AES_CCM_16,
                16,
                "e3eedfa5c83c99710fc3b569c200c6b3",
                "52c594d02c681a6a9c873c7671f0686e",
                "0a48fef11146d637d7372f80aa7d094a");
        int icvLength = 16;
        IkeEncryption.Engine chaCha20 =
                (key, salt) -> JcaPacketCipher.chaCha20Poly1305(key, Nonce.saltAndIv(salt, IV), icvLength);
        add(
                0,
                new IkeEncryption(EncrId.CHACHA20_POLY1305, "chacha20poly1305", 32, SALT, IV, 1, icvLength, chaCha20),
                "45a16d1e837d9ca6c9ebb631ed13997d");
    }

    private void addEspOnly() {
        addEspOnly(0, new EspOnlyEncryption(EncrId.NULL, "null", 0, 0, 0, 1, 0));
        for (int bits : KEY_BITS) {
            String name = "aes" + bits + "gmac";
            addEspOnly(bits, new EspOnlyEncryption(EncrId.NULL_AUTH_AES_GMAC, name, bits / Byte.SIZE, SALT, IV, 1, 16));
        }
    }

    private void addCbc(int id, String name, IkeEncryption.Engine engine, String... answers) {
        for (int i = 0; i < KEY_BITS.length; i++) {
            int keyLength = KEY_BITS[i] / Byte.SIZE;
            add(
                    KEY_BITS[i],
                    new IkeEncryption(id, name + KEY_BITS[i], keyLength, 0, AES_BLOCK, AES_BLOCK, 0, engine),
                    answers[i]);
        }
    }

    /** The platform's GCM takes check values of 12 to 16 octets only. */
    private void addGcm(int id, int icvLength, String... answers) {
        IkeEncryption.Engine engine = (key, salt) -> icvLength < 12
                ? BcAeadPacketCipher.gcm(key, Nonce.saltAndIv(salt, IV), icvLength)
                : JcaPacketCipher.gcm(key, Nonce.saltAndIv(salt, IV), icvLength);
        addStream(id, "gcm" + icvLength, SALT, icvLength, engine, answers);
    }

    private void addCcm(int id, int icvLength, String... answers) {
        IkeEncryption.Engine engine = (key, salt) -> BcAeadPacketCipher.ccm(key, Nonce.saltAndIv(salt, IV), icvLength);
        addStream(id, "ccm" + icvLength, CCM_SALT, icvLength, engine, answers);
    }

    /** A mode of AES that needs no padding. */
    private void addStream(
            int id, String mode, int saltLength, int icvLength, IkeEncryption.Engine engine, String... answers) {
        for (int i = 0; i < KEY_BITS.length; i++) {
            String name = "aes" + KEY_BITS[i] + mode;
            int keyLength = KEY_BITS[i] / Byte.SIZE;
            add(KEY_BITS[i], new IkeEncryption(id, name, keyLength, saltLength, IV, 1, icvLength, engine), answers[i]);
        }
    }

    private void add(int keyBits, IkeEncryption encryption, String answer) {
        entries.put(
                new Key(encryption.id(), keyBits),
                new Tested<>(
                        encryption.name(), () -> encryption, candidate -> KnownAnswer.isGivenBy(candidate, answer)));
    }

    private void addEspOnly(int keyBits, EspOnlyEncryption encryption) {
        entries.put(new Key(encryption.id(), keyBits), new Tested<>(encryption.name(), () -> encryption, any -> true));
    }
}
