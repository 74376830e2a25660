package org.ikebana.kernel.xfrm.struct;

import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.Sensitive;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct xfrm_algo_aead}: a combined mode; the key includes the salt.
 *
 * @param keyBits length of the key in bits
 * @param icvBits length of the integrity check value in bits
 */
public record XfrmAlgoAead(String name, int keyBits, int icvBits, Secret key) implements Struct, Sensitive {
    private static final int ALG_KEY_LEN = AlgorithmName.SIZE;
    private static final int ALG_ICV_LEN = 68;
    private static final int ALG_KEY = 72;

    public static XfrmAlgoAead of(String name, int icvBits, Secret key) {
        return new XfrmAlgoAead(name, key.length() * Byte.SIZE, icvBits, key);
    }

    public static XfrmAlgoAead read(CStruct source) throws NetlinkFormatException {
        CStruct fixed = source.member(0, ALG_KEY);
        int keyBits = fixed.u32(ALG_KEY_LEN);
        return new XfrmAlgoAead(
                AlgorithmName.read(fixed),
                keyBits,
                fixed.u32(ALG_ICV_LEN),
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
        target.u32(ALG_ICV_LEN, icvBits);
        target.bytes(ALG_KEY, key.bytes());
    }

    @Override
    public void wipe() {
        key.close();
    }
}
