package org.ikebana.kernel.xfrm.struct;

import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.Sensitive;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct xfrm_algo}: a cipher, an integrity algorithm with its default truncation, or a compression without key.
 *
 * @param keyBits length of the key in bits
 */
public record XfrmAlgo(String name, int keyBits, Secret key) implements Struct, Sensitive {
    private static final int ALG_KEY_LEN = AlgorithmName.SIZE;
    private static final int ALG_KEY = 68;

    public static XfrmAlgo of(String name, Secret key) {
        return new XfrmAlgo(name, key.length() * Byte.SIZE, key);
    }

    public static XfrmAlgo read(CStruct source) throws NetlinkFormatException {
        CStruct fixed = source.member(0, ALG_KEY);
        int keyBits = fixed.u32(ALG_KEY_LEN);
        return new XfrmAlgo(
                AlgorithmName.read(fixed), keyBits, Secret.wrap(AlgorithmName.readKey(source, ALG_KEY, keyBits)));
    }

    @Override
    public int size() {
        return ALG_KEY + key.length();
    }

    @Override
    public void writeTo(CStruct target) {
        AlgorithmName.write(name, target);
        target.u32(ALG_KEY_LEN, keyBits);
        target.bytes(ALG_KEY, key.bytes());
    }

    @Override
    public void wipe() {
        key.close();
    }
}
