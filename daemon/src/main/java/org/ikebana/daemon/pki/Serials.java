package org.ikebana.daemon.pki;

import java.math.BigInteger;
import java.security.SecureRandom;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Serial numbers of certificates, in hexadecimal with or without colons (RFC 5280 4.1.2.2). */
final class Serials implements ITypeConverter<BigInteger> {
    private static final int MAX_OCTETS = 20;
    private static final int RANDOM_BITS = 127;

    @Override
    public BigInteger convert(String text) {
        String digits = text.replace(":", "").replaceFirst("^0[xX]", "");
        if (!digits.matches("[0-9a-fA-F]{1," + 2 * MAX_OCTETS + "}")) {
            throw new TypeConversionException(
                    "'" + text + "' is no serial number; write up to " + MAX_OCTETS + " octets in hexadecimal");
        }
        BigInteger serial = new BigInteger(digits, 16);
        if (serial.signum() == 0 || serial.bitLength() >= MAX_OCTETS * Byte.SIZE) {
            throw new TypeConversionException("a serial number is not zero and has fewer than 160 bits");
        }
        return serial;
    }

    /** Not to be guessed, positive, and none of any other certificate's. */
    static BigInteger random(SecureRandom random) {
        return new BigInteger(RANDOM_BITS, random).setBit(RANDOM_BITS - 1);
    }
}
