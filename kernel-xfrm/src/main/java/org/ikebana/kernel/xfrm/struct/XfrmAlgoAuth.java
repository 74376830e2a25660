package org.ikebana.kernel.xfrm.struct;

import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.Sensitive;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct xfrm_algo_auth}: an integrity algorithm with its truncation.
 *
 * @param keyBits length of the key in bits
 * @param truncationBits length of the integrity check value in bits
 */
public record XfrmAlgoAuth(String name, int keyBits, int truncationBits, Secret key) implements Struct, Sensitive {
    private static final int ALG_KEY_LEN = AlgorithmName.SIZE;
    private static final int ALG_TRUNC_LEN = 68;
    private static final int ALG_KEY = 72;

    public static XfrmAlgoAuth of(String name, int truncationBits, Secret key) {
        return new XfrmAlgoAuth(name, key.length() * Byte.SIZE, truncationBits, key);
    }

    public static XfrmAlgoAuth read(CStruct source) throws NetlinkFormatException {
        CStruct fixed = source.member(0, ALG_KEY);
        int keyBits = fixed.u32(ALG_KEY_LEN);
        return new XfrmAlgoAuth(
                AlgorithmName.read(fixed),
                keyBits,
                fixed.u32(ALG_TRUNC_LEN),
                Secret.wrap(AlgorithmName.readKey(source, ALG_KEY, keyBits)));
    }

    @Override
    public int size() {
        return ALG_KEY + key.length();
    }

    @Override
    public void writeTo(CStruct target) {
        AlgorithmName.write(name, target);
        target.u32(ALG_KEY_LEN, keyBits);
        target.u32(ALG_TRUNC_LEN, truncationBits);
        target.bytes(ALG_KEY, key.bytes());
    }

    @Override
    public void wipe() {
        key.close();
    }
}
