package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.util.BigIntegers;
import org.ikebana.ike.wire.KeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of RFC 6989 2 and RFC 7748 6. */
class InvalidPublicValueTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    private final SecureRandom random = new SecureRandom();

    @Test
    void modpRefusesWhatIsNotBetweenOneAndPrimeLessOne() throws InvalidPublicValueException {
        KeyExchange group = REGISTRY.keyExchange(KeId.MODP_2048).orElseThrow();
        BigInteger p = DHStandardGroups.rfc3526_2048.getP();
        BigInteger one = BigInteger.ONE;
        for (BigInteger y : new BigInteger[] {BigInteger.ZERO, one, p.subtract(one), p, p.add(one)}) {
            assertRefused(group, BigIntegers.asUnsignedByteArray(256, y), "not between 1 and p - 1");
        }
        byte[] allOnes = new byte[256];
        Arrays.fill(allOnes, (byte) 0xff);
        assertRefused(group, allOnes, "not between 1 and p - 1");
        for (BigInteger y : new BigInteger[] {BigInteger.TWO, p.subtract(BigInteger.TWO)}) {
            assertThat(group.respond(BigIntegers.asUnsignedByteArray(256, y), random)
                            .shared()
                            .length())
                    .isEqualTo(256);
        }
    }

    /** RFC 7296 2.14: as long as the modulus. */
    @Test
    void modpKeepsLeadingZerosOfTheSharedSecret() throws InvalidPublicValueException {
        DhGroup group = new ModpGroup(DHStandardGroups.rfc3526_2048, 256);
        byte[] two = BigIntegers.asUnsignedByteArray(256, BigInteger.TWO);
        byte[] eight = BigIntegers.asUnsignedByteArray(256, BigInteger.valueOf(8));
        assertThat(group.sharedSecret(new byte[] {3}, two)).isEqualTo(eight);
        assertThat(group.publicValue(new byte[] {3})).isEqualTo(eight);
    }

    @Test
    void modpExponentsHaveTheirFullLength() {
        DhGroup group = new ModpGroup(DHStandardGroups.rfc3526_2048, 256);
        for (int i = 0; i < 50; i++) {
            assertThat(new BigInteger(1, group.privateValue(random)).bitLength())
                    .isEqualTo(256);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "19, secp256r1",
        "20, secp384r1",
        "21, secp521r1",
        "25, secp192r1",
        "26, secp224r1",
        "27, brainpoolP224r1",
        "28, brainpoolP256r1",
        "29, brainpoolP384r1",
        "30, brainpoolP512r1"
    })
    void ecpRefusesPointsThatAreNotOnTheCurve(int id, String name) {
        X9ECParameters curve = ECNamedCurveTable.getByName(name);
        BigInteger p = curve.getCurve().getField().getCharacteristic();
        BigInteger x = curve.getG().getAffineXCoord().toBigInteger();
        BigInteger y = curve.getG().getAffineYCoord().toBigInteger();
        KeyExchange group = REGISTRY.keyExchange(id).orElseThrow();
        int length = group.publicLength() / 2;

        assertRefused(group, point(length, x, y.add(BigInteger.ONE)), "not on the curve");
        assertRefused(group, point(length, x.add(BigInteger.ONE), y), "not on the curve");
        assertRefused(group, point(length, BigInteger.ZERO, BigInteger.ZERO), "not on the curve");
        assertRefused(group, point(length, p, y), "not below p");
        assertRefused(group, point(length, x, p), "not below p");
        byte[] allOnes = new byte[2 * length];
        Arrays.fill(allOnes, (byte) 0xff);
        assertRefused(group, allOnes, "not below p");
    }

    /** x + p fits into 66 octets, so the same point could be written twice. */
    @Test
    void ecpRefusesACoordinateThatIsNotReduced() {
        X9ECParameters curve = ECNamedCurveTable.getByName("secp521r1");
        BigInteger p = curve.getCurve().getField().getCharacteristic();
        BigInteger x = curve.getG().getAffineXCoord().toBigInteger();
        BigInteger y = curve.getG().getAffineYCoord().toBigInteger();
        KeyExchange group = REGISTRY.keyExchange(KeId.ECP_521).orElseThrow();
        assertRefused(group, point(66, x.add(p), y), "not below p");
        assertRefused(group, point(66, x, y.add(p)), "not below p");
    }

    @Test
    void ecpPrivateValuesAreInRange() {
        X9ECParameters curve = ECNamedCurveTable.getByName("secp521r1");
        DhGroup group = new EcpGroup(curve);
        for (int i = 0; i < 200; i++) {
            assertThat(new BigInteger(1, group.privateValue(random)))
                    .isBetween(BigInteger.ONE, curve.getN().subtract(BigInteger.ONE));
        }
    }

    /** The points of small order (RFC 7748 6.1 and its reference on contributory behaviour), some not reduced. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void curve25519RefusesPointsOfSmallOrder(String point) {
        assertRefused(REGISTRY.keyExchange(KeId.CURVE25519).orElseThrow(), Hex.octets(point), "small order");
    }

    @Test
    void curve448RefusesPointsOfSmallOrder() {
        KeyExchange group = REGISTRY.keyExchange(KeId.CURVE448).orElseThrow();
        byte[] point = new byte[56];
        assertRefused(group, point, "small order");
        point[0] = 1;
        assertRefused(group, point, "small order");
    }

    /** RFC 8031 3.2: the topmost bit is masked, a value of p or more is reduced. */
    @Test
    void curve25519AcceptsWhatIsNotCanonical() throws InvalidPublicValueException {
        DhGroup group = MontgomeryGroup.CURVE25519;
        byte[] privateValue = Hex.octets("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] nine = new byte[32];
        nine[0] = 9;
        byte[] nineWithTopBit = nine.clone();
        nineWithTopBit[31] = (byte) 0x80;
        byte[] nineAndPrime = Hex.octets("f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        byte[] expected = group.sharedSecret(privateValue, nine);
        assertThat(group.sharedSecret(privateValue, nineWithTopBit)).isEqualTo(expected);
        assertThat(group.sharedSecret(privateValue, nineAndPrime)).isEqualTo(expected);
    }

    private void assertRefused(KeyExchange method, byte[] peerPublicValue, String reason) {
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            assertThatExceptionOfType(InvalidPublicValueException.class)
                    .isThrownBy(() -> initiator.complete(peerPublicValue))
                    .withMessageContaining(reason);
            assertThatExceptionOfType(InvalidPublicValueException.class)
                    .isThrownBy(() -> method.respond(peerPublicValue, random))
                    .withMessageContaining(reason);
        }
    }

    private static byte[] point(int coordinateLength, BigInteger x, BigInteger y) {
        byte[] point = new byte[2 * coordinateLength];
        System.arraycopy(BigIntegers.asUnsignedByteArray(coordinateLength, x), 0, point, 0, coordinateLength);
        System.arraycopy(
                BigIntegers.asUnsignedByteArray(coordinateLength, y), 0, point, coordinateLength, coordinateLength);
        return point;
    }
}
