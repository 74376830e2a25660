package org.ikebana.ike.eap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.ikebana.ike.crypto.Secret;

/** What MS-CHAP-V2 computes (RFC 2759 8), and the keys that come of it (RFC 3079 3). */
final class MsChapV2 {
    /** Of both challenges, in octets. */
    static final int CHALLENGE_LENGTH = 16;

    static final int NT_RESPONSE_LENGTH = 24;
    static final int NT_HASH_LENGTH = 16;

    private static final int MSK_LENGTH = 64;
    private static final int SESSION_KEY_LENGTH = 16;

    private static final byte[] SIGNING = ascii("Magic server to client signing constant");
    private static final byte[] PADDING = ascii("Pad to make it do more than one iteration");
    private static final byte[] MASTER_KEY = ascii("This is the MPPE Master Key");
    private static final byte[] TO_SERVER =
            ascii("On the client side, this is the send key; " + "on the server side, it is the receive key.");
    private static final byte[] FROM_SERVER =
            ascii("On the client side, this is the receive key; " + "on the server side, it is the send key.");
    private static final byte[] PAD_1 = new byte[40];
    private static final byte[] PAD_2 = filled(40, (byte) 0xf2);

    private MsChapV2() {}

    /** {@code NtPasswordHash}: MD4 of the password in UTF-16LE. */
    static Secret ntHash(Secret password) {
        byte[] unicode = new String(password.bytes(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
        try {
            return Secret.wrap(digest(new MD4Digest(), unicode));
        } finally {
            Arrays.fill(unicode, (byte) 0);
        }
    }

    /** {@code GenerateNTResponse}, 24 octets. */
    static byte[] ntResponse(byte[] serverChallenge, byte[] peerChallenge, byte[] userName, Secret ntHash) {
        byte[] challenge = challengeHash(peerChallenge, serverChallenge, userName);
        byte[] padded = Arrays.copyOf(ntHash.bytes(), 21);
        byte[] response = new byte[NT_RESPONSE_LENGTH];
        for (int part = 0; part < 3; part++) {
            DESEngine des = new DESEngine();
            des.init(true, new KeyParameter(desKey(padded, part * 7)));
            des.processBlock(challenge, 0, response, part * 8);
        }
        Arrays.fill(padded, (byte) 0);
        return response;
    }

    /** {@code GenerateAuthenticatorResponse}: {@code S=} and 40 digits. */
    static String authenticatorResponse(
            Secret ntHash, byte[] ntResponse, byte[] peerChallenge, byte[] serverChallenge, byte[] userName) {
        byte[] hashHash = digest(new MD4Digest(), ntHash.bytes());
        byte[] first = digest(new SHA1Digest(), hashHash, ntResponse, SIGNING);
        byte[] challenge = challengeHash(peerChallenge, serverChallenge, userName);
        Arrays.fill(hashHash, (byte) 0);
        return "S=" + HexFormat.of().withUpperCase().formatHex(digest(new SHA1Digest(), first, challenge, PADDING));
    }

    /**
     * What EAP makes of the two session keys: the server's receive key, its send key, and zeros, as Windows and
     * strongSwan have it.
     */
    static Secret msk(Secret ntHash, byte[] ntResponse) {
        byte[] hashHash = digest(new MD4Digest(), ntHash.bytes());
        byte[] master = Arrays.copyOf(digest(new SHA1Digest(), hashHash, ntResponse, MASTER_KEY), SESSION_KEY_LENGTH);
        byte[] msk = new byte[MSK_LENGTH];
        byte[] toServer = digest(new SHA1Digest(), master, PAD_1, TO_SERVER, PAD_2);
        byte[] fromServer = digest(new SHA1Digest(), master, PAD_1, FROM_SERVER, PAD_2);
        System.arraycopy(toServer, 0, msk, 0, SESSION_KEY_LENGTH);
        System.arraycopy(fromServer, 0, msk, SESSION_KEY_LENGTH, SESSION_KEY_LENGTH);
        for (byte[] secret : new byte[][] {hashHash, master, toServer, fromServer}) {
            Arrays.fill(secret, (byte) 0);
        }
        return Secret.wrap(msk);
    }

    /** {@code ChallengeHash}, 8 octets; the name without its domain. */
    private static byte[] challengeHash(byte[] peerChallenge, byte[] serverChallenge, byte[] userName) {
        return Arrays.copyOf(digest(new SHA1Digest(), peerChallenge, serverChallenge, userName), 8);
    }

    /** Seven octets and a parity bit to each seven bits, which nobody looks at. */
    private static byte[] desKey(byte[] key, int from) {
        long bits = 0;
        for (int i = 0; i < 7; i++) {
            bits = bits << 8 | key[from + i] & 0xff;
        }
        byte[] spread = new byte[8];
        for (int i = 0; i < 8; i++) {
            spread[i] = (byte) (bits >> 49 - 7 * i << 1);
        }
        return spread;
    }

    private static byte[] digest(Digest digest, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] value = new byte[digest.getDigestSize()];
        digest.doFinal(value, 0);
        return value;
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
