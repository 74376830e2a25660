package org.ikebana.simulation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ikebana.ike.kernel.Datagram;

/**
 * An initiator written a second time, straight from RFC 7296, 9242, 9370 and 9867 on octets and the Java platform's algorithms: for
 * aes256gcm16-prfsha256-x25519 with ML-KEM-768 in IKE_INTERMEDIATE, and a pre-shared key. It shares no code with what it tests.
 */
final class HandmadePeer {
    private static final String SPI_I = "0102030405060708";
    private static final String NONCE_I = "a5".repeat(32);
    private static final int KE = 34;
    private static final int IDI = 35;
    private static final int IDR = 36;
    private static final int AUTH = 39;
    private static final int NONCE = 40;
    private static final int SK = 46;

    private final Host host;
    private final Network network;
    private final InetSocketAddress own;
    private final InetSocketAddress target;
    private final byte[] secret;
    private String spiR = "0".repeat(16);
    private byte[] nonceR = {};
    private byte[] init = {};
    private byte[] initAnswer = {};
    private byte[] skD = {};
    private byte[] skEi = {};
    private byte[] skEr = {};
    private byte[] skPi = {};
    private byte[] skPr = {};
    private byte[] intAuthI = {};
    private byte[] intAuthR = {};
    private byte[] lastAnswer = {};
    private int messageId = 1;

    HandmadePeer(Host host, Network network, Site site, String secret) throws Exception {
        this.host = host;
        this.network = network;
        this.own = new InetSocketAddress(InetAddress.getByName(site.local()), 500);
        this.target = new InetSocketAddress(InetAddress.getByName(site.remote()), 500);
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    void initiate(String additionalTransforms) throws Exception {
        initiate(additionalTransforms, "");
    }

    /** @param notifies more of them, in hexadecimal: protocol, SPI size, type and data of each */
    void initiate(String additionalTransforms, String... notifies) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        String transforms = "0300000c01000014800e0100" + "0300000802000005" + additionalTransforms + "000000080400001f";
        int count = 3 + additionalTransforms.length() / 16;
        String proposal = "0000" + hex(8 + transforms.length() / 2, 2) + "0101000" + count + transforms;
        String payloads = payload(KE, proposal)
                + payload(NONCE, "001f0000" + HexFormat.of().formatHex(raw(pair.getPublic())))
                + payload(41, NONCE_I);
        for (String notify : notifies) {
            payloads += notify.isEmpty() ? "" : payload(41, notify);
        }
        payloads += payload(0, "00004036");
        init = bytes(header(33, 34, 0, payloads.length() / 2) + payloads);
        initAnswer = exchange(init);
        spiR = HexFormat.of().formatHex(initAnswer, 8, 16);
        nonceR = find(initAnswer, 28, initAnswer[16], NONCE);
        byte[] ke = find(initAnswer, 28, initAnswer[16], KE);
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(pair.getPrivate());
        agreement.doPhase(publicKey(Arrays.copyOfRange(ke, 4, 36)), true);
        derive(prf(join(bytes(NONCE_I), nonceR), agreement.generateSecret()));
    }

    /** RFC 9370 2.2.2: {@code SKEYSEED(1) = prf(SK_d, SK(1) | Ni | Nr)}. False if the host refuses. */
    boolean exchangeMlKem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-KEM");
        generator.initialize(new NamedParameterSpec("ML-KEM-768"));
        KeyPair pair = generator.generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - 1184, encoded.length);
        byte[] inner = bytes(payload(0, "00240000" + HexFormat.of().formatHex(key)));
        byte[] answer = intermediate(KE, inner);
        if (lastAnswer[28] != KE) {
            return false;
        }
        byte[] ciphertext = Arrays.copyOfRange(answer, 8, answer.length);
        byte[] shared = KEM.getInstance("ML-KEM")
                .newDecapsulator(pair.getPrivate())
                .decapsulate(ciphertext)
                .getEncoded();
        derive(prf(skD, shared, bytes(NONCE_I), nonceR));
        return true;
    }

    /** Whether there is such a notify in the answer to {@link #initiate}. */
    boolean isAnsweredWith(int notifyType) {
        int at = 28;
        int type = initAnswer[16];
        while (type != 0) {
            int length = ByteBuffer.wrap(initAnswer).getShort(at + 2);
            if (type == 41 && ByteBuffer.wrap(initAnswer).getShort(at + 6) == notifyType) {
                return true;
            }
            type = initAnswer[at];
            at += length;
        }
        return false;
    }

    /**
     * RFC 9867: offers keys in PPK_IDENTITY_KEY notifies, and makes all keys anew with the one that the host chooses:
     * {@code SKEYSEED' = prf+ (PPK, SK_d)}.
     *
     * @param offers each the data of a notify, in hexadecimal
     * @return the first payload of the answer, without its header; empty if there is none
     */
    byte[] offerPpks(byte[] ppk, String... offers) throws Exception {
        StringBuilder inner = new StringBuilder();
        for (int i = 0; i < offers.length; i++) {
            inner.append(payload(i + 1 < offers.length ? 41 : 0, "0000403e" + offers[i]));
        }
        byte[] answer = intermediate(41, bytes(inner.toString()));
        boolean isChosen = lastAnswer[28] == 41 && ByteBuffer.wrap(answer).getShort(6) == 0x4034;
        if (isChosen) {
            derive(prf(ppk, skD, new byte[] {1}));
        }
        return lastAnswer[28] == 0 ? new byte[0] : Arrays.copyOfRange(answer, 4, answer.length);
    }

    /** The first octets of {@code prf(PPK, Ni | Nr | SPIi | SPIr)}, in hexadecimal. */
    String confirmation(byte[] ppk) throws Exception {
        byte[] whole = prf(ppk, bytes(NONCE_I), nonceR, bytes(SPI_I + spiR));
        return HexFormat.of().formatHex(whole, 0, 8);
    }

    /** An exchange without a key exchange: keys stay (RFC 9242 3.3.1). */
    void exchangeNothing() throws Exception {
        intermediate(0, new byte[0]);
    }

    /** Whether the AUTH payload of the answer is right; false as well if the host refuses ours. */
    boolean authenticate(byte[] idI, byte[] idR) throws Exception {
        byte[] mid = ByteBuffer.allocate(4).putInt(messageId).array();
        byte[] intAuth = intAuthI.length == 0 ? new byte[0] : join(intAuthI, intAuthR, mid);
        byte[] key = prf(secret, "Key Pad for IKEv2".getBytes(StandardCharsets.US_ASCII));
        byte[] auth = prf(key, init, nonceR, prf(skPi, idI), intAuth);
        String esp = "00000020" + "01030402" + "c1234567" + "0300000c01000014800e0100" + "0000000805000000";
        String selector = "01000000" + "07000010" + "0000ffff";
        byte[] inner = bytes(payload(AUTH, HexFormat.of().formatHex(idI))
                + payload(33, "02000000" + HexFormat.of().formatHex(auth))
                + payload(44, esp)
                + payload(45, selector + "0a010000" + "0a01ffff")
                + payload(0, selector + "0a020000" + "0a02ffff"));
        byte[] answer = open(exchange(seal(35, IDI, inner)));
        int first = lastAnswer[28];
        if (first != IDR) {
            return false;
        }
        byte[] expected = prf(key, initAnswer, bytes(NONCE_I), prf(skPr, idR), intAuth);
        byte[] found = find(answer, 0, first, AUTH);
        return Arrays.equals(idR, find(answer, 0, first, IDR))
                && Arrays.equals(expected, Arrays.copyOfRange(found, 4, found.length));
    }

    private byte[] intermediate(int first, byte[] inner) throws Exception {
        byte[] request = content(header(SK, 43, messageId, 4 + inner.length), first, inner);
        byte[] answer = open(exchange(seal(43, first, inner)));
        byte[] response = content(
                SPI_I + spiR + "2e202b20" + hex(messageId - 1, 4) + hex(32 + answer.length, 4), lastAnswer[28], answer);
        intAuthI = prf(skPi, intAuthI, request);
        intAuthR = prf(skPr, intAuthR, response);
        return answer;
    }

    /** A | P: IKE header, generic header of SK, inner payloads. */
    private static byte[] content(String header, int first, byte[] inner) {
        return join(bytes(header), bytes(hex(first, 1) + "00" + hex(4 + inner.length, 2)), inner);
    }

    private byte[] seal(int exchange, int first, byte[] inner) throws Exception {
        byte[] iv = ByteBuffer.allocate(8).putLong(messageId).array();
        int body = 8 + inner.length + 1 + 16;
        byte[] associated =
                bytes(header(SK, exchange, messageId++, 4 + body) + hex(first, 1) + "00" + hex(4 + body, 2));
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, skEi, iv, associated, join(inner, new byte[1]));
        return join(associated, iv, sealed);
    }

    private byte[] open(byte[] message) throws Exception {
        byte[] associated = Arrays.copyOf(message, 32);
        byte[] iv = Arrays.copyOfRange(message, 32, 40);
        byte[] plain = gcm(Cipher.DECRYPT_MODE, skEr, iv, associated, Arrays.copyOfRange(message, 40, message.length));
        return Arrays.copyOf(plain, plain.length - 1 - plain[plain.length - 1]);
    }

    private static byte[] gcm(int mode, byte[] key, byte[] iv, byte[] associated, byte[] text) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = join(Arrays.copyOfRange(key, 32, 36), iv);
        cipher.init(mode, new SecretKeySpec(key, 0, 32, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(text);
    }

    private void derive(byte[] skeyseed) throws Exception {
        byte[] seed = join(bytes(NONCE_I), nonceR, bytes(SPI_I + spiR));
        ByteArrayOutputStream material = new ByteArrayOutputStream();
        byte[] t = {};
        for (int i = 1; material.size() < 168; i++) {
            t = prf(skeyseed, t, seed, new byte[] {(byte) i});
            material.write(t);
        }
        ByteBuffer keys = ByteBuffer.wrap(material.toByteArray());
        skD = take(keys, 32);
        skEi = take(keys, 36);
        skEr = take(keys, 36);
        skPi = take(keys, 32);
        skPr = take(keys, 32);
    }

    private byte[] exchange(byte[] request) {
        network.sent().clear();
        host.engine().onDatagram(new Datagram(target, own, request));
        lastAnswer = network.sent().getFirst().payload();
        return lastAnswer;
    }

    private String header(int first, int exchange, int id, int length) {
        return SPI_I + spiR + hex(first, 1) + "20" + hex(exchange, 1) + "08" + hex(id, 4) + hex(28 + length, 4);
    }

    private static byte[] find(byte[] message, int from, int firstType, int wanted) {
        int at = from;
        int type = firstType;
        while (type != wanted) {
            type = message[at];
            at += ByteBuffer.wrap(message).getShort(at + 2);
        }
        return Arrays.copyOfRange(message, at + 4, at + ByteBuffer.wrap(message).getShort(at + 2));
    }

    private static byte[] raw(PublicKey key) {
        byte[] big = ((XECPublicKey) key).getU().toByteArray();
        byte[] raw = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            raw[i] = big[big.length - 1 - i];
        }
        return raw;
    }

    private static PublicKey publicKey(byte[] raw) throws Exception {
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = raw[31 - i];
        }
        big[0] &= 0x7f;
        return KeyFactory.getInstance("X25519")
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, big)));
    }

    private static byte[] prf(byte[] key, byte[]... data) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(join(data));
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] taken = new byte[length];
        from.get(taken);
        return taken;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String payload(int next, String body) {
        return hex(next, 1) + "00" + hex(4 + body.length() / 2, 2) + body;
    }

    private static String hex(int value, int octets) {
        return HexFormat.of().toHexDigits(value, 2 * octets);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
