package org.ikebana.daemon.pki;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Names;
import org.ikebana.daemon.authority.Purpose;
import org.ikebana.daemon.authority.Requests;
import org.ikebana.daemon.authority.RevocationList;
import org.ikebana.daemon.authority.RevocationReason;
import org.ikebana.ike.crypto.KeyIdentifiers;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;

/** What a file holds, in lines of a word and what it stands for, as strongSwan's {@code pki --print} has them. */
final class Printout {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    Printout(Instant now) {
        this.now = now;
    }

    /** To be called once. */
    List<String> of(InputFile file) throws AuthorityException {
        Optional<PKCS10CertificationRequest> request = file.request();
        Optional<X509CRLHolder> list = file.revocationListIfAny();
        try {
            if (request.isPresent()) {
                request(request.get());
            } else if (file.certificateIfAny().isPresent()) {
                certificate(file.certificate());
            } else if (list.isPresent()) {
                revocationList(list.get());
            } else {
                lines.add(file.isPrivateKey() ? "private key" : "public key");
                key(file.publicKey());
            }
            return lines;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // Bouncy Castle meets malformed extensions only when they are looked at.
            throw new AuthorityException(file.name() + ": it holds a malformed extension; have it made anew");
        }
    }

    private void certificate(Certificate certificate) throws IOException {
        var holder = new X509CertificateHolder(certificate.encoded().toByteArray());
        line("subject", quoted(Names.text(holder.getSubject())));
        line("issuer", quoted(Names.text(holder.getIssuer())));
        line("validity", "not before " + time(holder.getNotBefore(), now.isAfter(instant(holder.getNotBefore()))));
        line(
                "",
                "not after  " + time(holder.getNotAfter(), now.isBefore(instant(holder.getNotAfter())))
                        + remaining(instant(holder.getNotAfter())));
        line("serial", hex(holder.getSerialNumber()));
        extensions(holder.getExtensions(), certificate.isSelfIssued());
        line("signature", certificate.signatureScheme().map(String::valueOf).orElse("of a kind that is not accepted"));
        key(certificate.publicKey());
    }

    private void request(PKCS10CertificationRequest request) throws AuthorityException {
        VerifyingKey key = Requests.publicKey(request);
        lines.add("request");
        line("subject", quoted(Names.text(request.getSubject())));
        line("altNames", Requests.altNames(request).stream().map(Names::text).collect(joining(", ")));
        line("flags", Requests.purposes(request).stream().map(Purpose::toString).collect(joining(" ")));
        key(key);
    }

    private void revocationList(X509CRLHolder list) {
        Extension base = list.getExtension(Extension.deltaCRLIndicator);
        Date next = list.getNextUpdate();
        line("issuer", quoted(Names.text(list.getIssuer())));
        line("update", "this on " + time(list.getThisUpdate(), now.isAfter(instant(list.getThisUpdate()))));
        line("", next == null ? "no next" : "next on " + time(next, now.isBefore(instant(next))));
        line("serial", hex(RevocationList.number(list)));
        line(
                "delta for",
                base == null ? "" : hex(new BigInteger(base.getParsedValue().toString())));
        if (list.getExtensions() != null) {
            authorityKey(list.getExtensions());
        }
        line("revoked", RevocationList.entries(list).size() + " certificates");
        for (X509CRLEntryHolder entry : RevocationList.entries(list)) {
            lines.add("    " + hex(entry.getSerialNumber()) + ": " + instant(entry.getRevocationDate()) + ", "
                    + reason(entry));
        }
    }

    private void key(VerifyingKey key) {
        KeyIdentifiers identifiers = KeyIdentifiers.of(key);
        line("pubkey", key.toString());
        line("keyid", COLONS.formatHex(identifiers.ofInfo()));
        line("subjkey", COLONS.formatHex(identifiers.ofKey()));
    }

    private void extensions(@org.jspecify.annotations.Nullable Extensions extensions, boolean selfIssued) {
        if (extensions == null) {
            return;
        }
        GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        line("altNames", names == null ? "" : texts(List.of(names.getNames()).stream()));
        line("flags", String.join(" ", flags(extensions, selfIssued)));
        CRLDistPoint points = CRLDistPoint.fromExtensions(extensions);
        line("CRL URIs", points == null ? "" : texts(uris(points)));
        var access = AuthorityInformationAccess.fromExtensions(extensions);
        line(
                "OCSP URIs",
                access == null
                        ? ""
                        : texts(Arrays.stream(access.getAccessDescriptions()).map(each -> each.getAccessLocation())));
        authorityKey(extensions);
    }

    private static List<String> flags(Extensions extensions, boolean selfIssued) {
        List<String> flags = new ArrayList<>();
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        if (constraints != null && constraints.isCA()) {
            flags.add("CA");
            BigInteger length = constraints.getPathLenConstraint();
            flags.addAll(length == null ? List.of() : List.of("pathlen=" + length));
        }
        if (usage != null && usage.hasUsages(KeyUsage.cRLSign)) {
            flags.add("CRLSign");
        }
        ExtendedKeyUsage extended = ExtendedKeyUsage.fromExtensions(extensions);
        if (extended != null) {
            List.of(extended.getUsages())
                    .forEach(oid ->
                            flags.add(Purpose.of(oid).map(Purpose::toString).orElse(oid.getId())));
        }
        flags.addAll(selfIssued ? List.of("self-signed") : List.of());
        return flags;
    }

    private void authorityKey(Extensions extensions) {
        AuthorityKeyIdentifier identifier = AuthorityKeyIdentifier.fromExtensions(extensions);
        byte[] octets = identifier == null ? null : identifier.getKeyIdentifierOctets();
        line("authkeyId", octets == null ? "" : COLONS.formatHex(octets));
    }

    private static Stream<GeneralName> uris(CRLDistPoint points) {
        return Arrays.stream(points.getDistributionPoints())
                .map(point -> point.getDistributionPoint())
                .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
                .flatMap(name ->
                        Arrays.stream(GeneralNames.getInstance(name.getName()).getNames()));
    }

    private static String texts(Stream<GeneralName> names) {
        return names.map(Names::text).collect(joining(", "));
    }

    private static String reason(X509CRLEntryHolder entry) {
        Extension reason = entry.getExtension(Extension.reasonCode);
        return reason == null
                ? "unspecified"
                : RevocationReason.text(
                        ASN1Enumerated.getInstance(reason.getParsedValue()).intValueExact());
    }

    private String time(Date date, boolean isGood) {
        return instant(date) + (isGood ? ", ok" : instant(date).isAfter(now) ? ", not valid yet" : ", expired");
    }

    private String remaining(Instant end) {
        return end.isAfter(now) ? " (expires in " + Duration.between(now, end).toDays() + " days)" : "";
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }

    private static String hex(BigInteger number) {
        byte[] octets = number.toByteArray();
        return COLONS.formatHex(
                octets[0] == 0 && octets.length > 1 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** Nothing where there is nothing to say. */
    private void line(String word, String text) {
        if (!text.isEmpty()) {
            lines.add("  %-11s%s".formatted(word.isEmpty() ? "" : word + ":", text));
        }
    }
}
