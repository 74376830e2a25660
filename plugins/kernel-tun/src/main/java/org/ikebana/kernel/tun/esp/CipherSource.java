package org.ikebana.kernel.tun.esp;

import java.util.Optional;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;

/** Where algorithms come from. Empty for those that it lacks. Keys are of the right length and copied. For any thread. */
interface CipherSource {
    /** Name and version, for people. */
    String description();

    /** @param key followed by its salt */
    Optional<Protection> aead(Encryption algorithm, Secret key, boolean extendedSequenceNumbers);

    /** @param key followed by the nonce of AES-CTR (RFC 3686 5.1) */
    Optional<TextCipher> textCipher(Encryption algorithm, Secret key);

    Optional<PacketMac> mac(Integrity algorithm, Secret key);
}
