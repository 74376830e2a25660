package org.ikebana.ike.x509;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A revocation list whose signature by its issuer has been verified. */
public final class TrustedList {
    /** What the issuer's clock may be ahead of ours. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final ListFields list;
    private final Certificate issuer;
    private final int length;

    TrustedList(ListFields list, Certificate issuer, int length) {
        this.list = list;
        this.issuer = issuer;
        this.length = length;
    }

    public boolean isDelta() {
        return list.amends().isPresent();
    }

    /** Where delta lists to it are. */
    public List<String> deltaUris() {
        return list.deltaUris();
    }

    public Instant nextUpdate() {
        return list.nextUpdate();
    }

    /** In octets. */
    public int length() {
        return length;
    }

    /** Whether it says something of certificates of this issuer. */
    public boolean isOf(Certificate authority) {
        return issuer.equals(authority);
    }

    /**
     * What it says of a certificate (RFC 5280 6.3.3).
     *
     * @param deltas of which one may amend it
     * @throws UnusableStatusException when it says nothing, or nothing that holds now
     */
    public CertificateStatus status(Certificate subject, List<TrustedList> deltas, Instant now)
            throws UnusableStatusException {
        checkCurrent(now);
        if (isDelta()) {
            throw new UnusableStatusException("it is a delta list, and the complete one is not at hand");
        }
        if (!subject.issuer().equals(list.issuer())) {
            throw new UnusableStatusException("it is of " + list.issuer() + ", not of " + subject.issuer());
        }
        Optional<String> leftOut = list.scope().leavesOut(subject);
        if (leftOut.isPresent()) {
            throw new UnusableStatusException(leftOut.get());
        }
        Optional<TrustedList> delta = deltas.stream()
                .filter(each -> each.amends(this) && each.isCurrent(now))
                .findFirst();
        Optional<Revocation> revocation = revocation(subject.serialNumber(), delta);
        if (revocation.isEmpty() && list.scope().ofSomeReasonsOnly()) {
            throw new UnusableStatusException("it is for some reasons of revocation only");
        }
        Instant until =
                delta.map(TrustedList::nextUpdate).filter(nextUpdate()::isAfter).orElse(nextUpdate());
        return new CertificateStatus(revocation, until);
    }

    public boolean isCurrent(Instant now) {
        return !now.isAfter(list.nextUpdate()) && !list.thisUpdate().isAfter(now.plus(CLOCK_SKEW));
    }

    /** @throws UnusableStatusException when it is not valid yet, or the next one is due */
    public void checkCurrent(Instant now) throws UnusableStatusException {
        if (now.isAfter(list.nextUpdate())) {
            throw new UnusableStatusException("it has expired on " + list.nextUpdate());
        }
        if (!isCurrent(now)) {
            throw new UnusableStatusException(
                    "it is not valid before " + list.thisUpdate() + ", and now it is " + now + "; is the clock right?");
        }
    }

    /** RFC 5280 5.2.4: for the same certificates, made after the complete list, which has all that it builds upon. */
    private boolean amends(TrustedList complete) {
        Optional<BigInteger> base = complete.list.number();
        return list.amends().isPresent()
                && base.isPresent()
                && list.number().isPresent()
                && isForTheSame(complete)
                && list.amends().get().compareTo(base.get()) <= 0
                && list.number().get().compareTo(base.get()) > 0;
    }

    private boolean isForTheSame(TrustedList other) {
        return issuer.equals(other.issuer)
                && list.scope().encoded().equals(other.list.scope().encoded());
    }

    private Optional<Revocation> revocation(BigInteger serialNumber, Optional<TrustedList> delta) {
        return delta.map(amending -> amending.list.revocations().get(serialNumber))
                .or(() -> Optional.ofNullable(list.revocations().get(serialNumber)))
                .filter(revocation -> !revocation.isRemoval());
    }
}
