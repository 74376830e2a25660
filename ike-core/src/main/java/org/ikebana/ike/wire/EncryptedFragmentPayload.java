package org.ikebana.ike.wire;

/**
 * Encrypted and Authenticated Fragment payload, SKF (RFC 7383 2.5); always the last.
 *
 * @param firstInner type of the first payload inside in fragment 1, zero in the others
 * @param fragmentNumber 1 to {@code totalFragments}
 * @param totalFragments 1 to 65535
 * @param body IV, ciphertext and integrity check value
 */
public record EncryptedFragmentPayload(int firstInner, int fragmentNumber, int totalFragments, Octets body)
        implements Payload {
    public EncryptedFragmentPayload {
        Bounds.octet(firstInner, "first inner payload");
        Bounds.fragment(fragmentNumber, totalFragments);
    }

    @Override
    public int typeCode() {
        return PayloadType.SKF.code();
    }

    static EncryptedFragmentPayload read(int next, PayloadReader in) throws MalformedException {
        int number = in.twoOctets();
        int total = in.twoOctets();
        if (number < 1 || number > total) {
            throw new MalformedException("fragment " + number + " of " + total);
        }
        return new EncryptedFragmentPayload(next, number, total, in.rest());
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.twoOctets(fragmentNumber);
        out.twoOctets(totalFragments);
        out.octets(body);
    }
}
