package org.ikebana.kernel.xfrm.table;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;

/**
 * One algorithm of an SA.
 *
 * @param purpose {@code aead}, {@code enc}, {@code auth} or {@code comp}, as {@code ip xfrm} has it
 * @param name as the kernel's crypto API has it: {@code rfc4106(gcm(aes))}
 * @param keyBits with the salt
 * @param icvBits length of the integrity check value; 0 where there is none, or the algorithm's own length
 * @param key shared with the attribute that it was read from
 */
public record Algorithm(String purpose, String name, int keyBits, int icvBits, Secret key) {
    static List<Algorithm> read(Attributes attributes) {
        List<Algorithm> algorithms = new ArrayList<>();
        attributes
                .get(Xfrma.ALG_AEAD)
                .map(a -> new Algorithm("aead", a.name(), a.keyBits(), a.icvBits(), a.key()))
                .ifPresent(algorithms::add);
        attributes
                .get(Xfrma.ALG_AUTH_TRUNC)
                .map(a -> new Algorithm("auth", a.name(), a.keyBits(), a.truncationBits(), a.key()))
                .or(() -> attributes
                        .get(Xfrma.ALG_AUTH)
                        .map(a -> new Algorithm("auth", a.name(), a.keyBits(), 0, a.key())))
                .ifPresent(algorithms::add);
        attributes
                .get(Xfrma.ALG_CRYPT)
                .map(a -> new Algorithm("enc", a.name(), a.keyBits(), 0, a.key()))
                .ifPresent(algorithms::add);
        attributes
                .get(Xfrma.ALG_COMP)
                .map(a -> new Algorithm("comp", a.name(), a.keyBits(), 0, a.key()))
                .ifPresent(algorithms::add);
        return algorithms;
    }
}
