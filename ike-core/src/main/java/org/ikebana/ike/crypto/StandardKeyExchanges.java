package org.ikebana.ike.crypto;

import static java.util.Map.entry;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc2409_1024;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc3526_1536;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc3526_2048;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc3526_3072;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc3526_4096;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc3526_6144;
import static org.bouncycastle.crypto.agreement.DHStandardGroups.rfc3526_8192;

import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.teletrust.TeleTrusTNamedCurves;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.DHParameters;
import org.ikebana.ike.wire.KeId;

/**
 * The key exchange methods on offer; the last column is the {@link KnownAnswer}. Groups are made when first used:
 * loading the first class of Bouncy Castle takes a while, as the archive's signature is verified.
 */
final class StandardKeyExchanges {
    private StandardKeyExchanges() {}

    static Map<Integer, Tested<KeyExchange>> keyExchanges() {
        return Map.ofEntries(
                modp(KeId.MODP_1024, 1024, () -> group(rfc2409_1024, 256), "3875cb992bb3b3319b72843d092f050f"),
                modp(KeId.MODP_1536, 1536, () -> group(rfc3526_1536, 256), "902de76bebef5c7f294bcc06266e85eb"),
                modp(KeId.MODP_2048, 2048, () -> group(rfc3526_2048, 256), "ff4614529a4b87a9bf42c35495f8459b"),
                modp(KeId.MODP_3072, 3072, () -> group(rfc3526_3072, 320), "33009dadf7a08002c046411bb84a949c"),
                modp(KeId.MODP_4096, 4096, () -> group(rfc3526_4096, 320), "e2aafc61f33d9597f66c525c2a94a5ee"),
                modp(KeId.MODP_6144, 6144, () -> group(rfc3526_6144, 384), "388ac0712f60853e209c12967ba72cf2"),
                modp(KeId.MODP_8192, 8192, () -> group(rfc3526_8192, 448), "989fe1ca730dac887a625799f7e754f4"),
                nist(KeId.ECP_192, "ecp192", "secp192r1", "ee75cea8493f45e36475bce0e070ced3"),
                nist(KeId.ECP_224, "ecp224", "secp224r1", "44bc30b0d5047d28e25dabe7ecc63202"),
                nist(KeId.ECP_256, "ecp256", "secp256r1", "62ef1d7c51012caae50a1bd5f4e31e8a"),
                nist(KeId.ECP_384, "ecp384", "secp384r1", "5bdc5c0aafacd918f4d4f937cadbc662"),
                nist(KeId.ECP_521, "ecp521", "secp521r1", "2b64b89f744c68673cbb27fb861c01f9"),
                brainpool(KeId.BRAINPOOL_P224R1, "ecp224bp", "brainpoolP224r1", "56e6ef881efe98fcc80984672b8835ba"),
                brainpool(KeId.BRAINPOOL_P256R1, "ecp256bp", "brainpoolP256r1", "c48ef5acb5cb814bea4f9c77c00fe153"),
                brainpool(KeId.BRAINPOOL_P384R1, "ecp384bp", "brainpoolP384r1", "4e16ee5dba2c8a8ea0ac3239bc97317a"),
                brainpool(KeId.BRAINPOOL_P512R1, "ecp512bp", "brainpoolP512r1", "c8d9138af57b5b0904c22399533e3d2a"),
                method(
                        KeId.CURVE25519,
                        "curve25519",
                        () -> MontgomeryGroup.CURVE25519,
                        "52c5cb7ca2f7ff4a931507a9e6c16122"),
                method(KeId.CURVE448, "curve448", () -> MontgomeryGroup.CURVE448, "a3eebc4a5c7c0e1300e99301f46ba2e2"),
                mlKem(KeId.ML_KEM_512, "mlkem512", MlKemSet.ML_KEM_512, "a5e9edad013f54a558a7364451208f91"),
                mlKem(KeId.ML_KEM_768, "mlkem768", MlKemSet.ML_KEM_768, "6cc2fbcda81c7b22acced40ace8cc7f1"),
                mlKem(KeId.ML_KEM_1024, "mlkem1024", MlKemSet.ML_KEM_1024, "37be67aad89a1b8b916d702f14706752"));
    }

    private static Map.Entry<Integer, Tested<KeyExchange>> mlKem(int id, String name, MlKemSet set, String answer) {
        return entry(
                id,
                new Tested<>(
                        name,
                        () -> new KemExchange(
                                id, name, MlKemSet.isOfPlatform() ? new PlatformMlKem(set) : new BcMlKem(set)),
                        method -> KnownAnswer.isGivenBy(method, answer)));
    }

    private static Map.Entry<Integer, Tested<KeyExchange>> modp(
            int id, int bits, Supplier<DhGroup> group, String answer) {
        return method(id, "modp" + bits, group, answer);
    }

    /** @param exponentBits see {@link ModpGroup} */
    private static DhGroup group(DHParameters parameters, int exponentBits) {
        return new ModpGroup(parameters, exponentBits);
    }

    private static Map.Entry<Integer, Tested<KeyExchange>> nist(int id, String name, String curve, String answer) {
        return method(id, name, () -> new EcpGroup(CustomNamedCurves.getByName(curve)), answer);
    }

    private static Map.Entry<Integer, Tested<KeyExchange>> brainpool(int id, String name, String curve, String answer) {
        return method(id, name, () -> new EcpGroup(TeleTrusTNamedCurves.getByName(curve)), answer);
    }

    private static Map.Entry<Integer, Tested<KeyExchange>> method(
            int id, String name, Supplier<DhGroup> group, String answer) {
        return entry(
                id,
                new Tested<>(
                        name,
                        () -> new DiffieHellman(id, name, group.get()),
                        method -> KnownAnswer.isGivenBy(method, answer)));
    }
}
