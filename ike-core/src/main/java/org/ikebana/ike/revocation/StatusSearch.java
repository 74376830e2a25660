package org.ikebana.ike.revocation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.CertificateStatus;
import org.ikebana.ike.x509.TrustedList;
import org.ikebana.ike.x509.UnusableStatusException;

/**
 * Finds out the status of one certificate: from what is at hand, else from one server after another until one knows, OCSP
 * responders first, as they answer with less. Where sources at hand contradict each other, the one that condemns is believed.
 */
final class StatusSearch {
    /** Servers that are asked about one certificate. */
    static final int MAX_SERVERS = 8;

    private static final String SENT = "OCSP response that the peer sent";

    private final Certificate subject;
    private final Certificate issuer;
    private final Sources sources;
    private final StatusSources configured;
    private final Consumer<StatusSearch> done;
    private final List<String> ocspUris;
    private final List<String> listUris;
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<String> faults = new ArrayList<>();
    private Optional<Finding> finding = Optional.empty();

    /** @param source who says so, for people */
    record Finding(CertificateStatus status, String source) {}

    /** @param done is told once, perhaps at once */
    StatusSearch(Certificate subject, Certificate issuer, Sources sources, Consumer<StatusSearch> done) {
        this.subject = subject;
        this.issuer = issuer;
        this.sources = sources;
        this.configured = sources.configured();
        this.done = done;
        this.ocspUris = configured.ocspUris(subject, issuer);
        this.listUris = configured.listUris(subject, issuer);
    }

    /** @param responses that the peer has sent along (RFC 4806), not yet believed */
    void start(List<Octets> responses) {
        finding = worst(Stream.of(sent(responses), said(), listed())
                .flatMap(List::stream)
                .toList());
        if (finding.isPresent()) {
            done.accept(this);
            return;
        }
        ocspUris.forEach(uri -> steps.add(() -> askResponder(uri)));
        listUris.forEach(uri -> steps.add(() -> getList(uri)));
        while (steps.size() > MAX_SERVERS) {
            steps.removeLast();
        }
        next();
    }

    /** Empty while nothing is known. */
    Optional<Finding> finding() {
        return finding;
    }

    /** Whether somebody says where the status is to be had. */
    boolean hasUri() {
        return !ocspUris.isEmpty() || !listUris.isEmpty();
    }

    /** For people. */
    String subject() {
        return "the certificate of " + subject + ", issued by " + issuer + ",";
    }

    /** Why nothing is known, as part of a sentence. */
    String fault() {
        if (!faults.isEmpty()) {
            return String.join("; ", faults);
        }
        return hasUri()
                ? Stream.concat(ocspUris.stream(), listUris.stream())
                                .findFirst()
                                .orElseThrow() + ": no answer in time"
                : "it names neither a revocation list nor an OCSP responder, and none is given for its CA";
    }

    private void next() {
        Runnable step = steps.poll();
        if (step == null) {
            done.accept(this);
        } else {
            step.run();
        }
    }

    private List<Finding> sent(List<Octets> responses) {
        List<Finding> found = new ArrayList<>();
        for (Octets response : responses) {
            try {
                sources.responders()
                        .take(response, subject, issuer, configured.responders())
                        .filter(said -> isReliable(said, fault -> faults.add("the " + SENT + ": " + fault)))
                        .map(said -> new Finding(said.status(), "an " + SENT))
                        .ifPresent(found::add);
            } catch (UnusableStatusException e) {
                faults.add("the " + SENT + ": " + e.getMessage());
            }
        }
        return found;
    }

    /** By what is at hand: the peer waits for no list about its responder. */
    private boolean isReliable(OcspServers.Said said, Consumer<String> faults) {
        Optional<String> fault = said.delegate().flatMap(delegate -> ResponderCheck.fault(delegate, issuer, sources));
        fault.ifPresentOrElse(faults, () -> sources.responders().keep(subject, issuer, said));
        return fault.isEmpty();
    }

    private List<Finding> said() {
        return sources.responders().atHand(subject, issuer).stream()
                .map(status -> new Finding(status, "its OCSP responder"))
                .toList();
    }

    private List<Finding> listed() {
        List<TrustedList> files = sources.files().of(issuer, fault -> faults.add("a list in x509crl: " + fault));
        List<Finding> found = new ArrayList<>();
        for (TrustedList list : files) {
            if (!list.isDelta()) {
                consult(list, files, "a list in x509crl").ifPresent(found::add);
            }
        }
        for (String uri : listUris) {
            sources.lists()
                    .atHand(uri, issuer)
                    .flatMap(list -> consult(list, deltasAtHand(list, files), printable(uri)))
                    .ifPresent(found::add);
        }
        return found;
    }

    private List<TrustedList> deltasAtHand(TrustedList list, List<TrustedList> files) {
        return Stream.concat(
                        files.stream(),
                        deltaUris(list).stream().flatMap(uri -> sources.lists().atHand(uri, issuer).stream()))
                .filter(TrustedList::isDelta)
                .toList();
    }

    private List<String> deltaUris(TrustedList list) {
        return Stream.concat(list.deltaUris().stream(), subject.deltaUris().stream())
                .distinct()
                .toList();
    }

    private void askResponder(String uri) {
        sources.responders().ask(uri, subject, issuer, configured.responders(), answer -> {
            switch (answer) {
                case Answer.Known<OcspServers.Said> known -> heard(uri, known.value());
                case Answer.Failed<OcspServers.Said> failed -> failed(uri, failed.why());
            }
        });
    }

    private void heard(String uri, OcspServers.Said said) {
        Consumer<Optional<String>> result = fault -> {
            if (fault.isPresent()) {
                failed(uri, fault.get());
            } else {
                sources.responders().keep(subject, issuer, said);
                find(new Finding(said.status(), printable(uri)));
            }
        };
        said.delegate()
                .ifPresentOrElse(
                        delegate -> new ResponderCheck(delegate, issuer, sources, result).start(),
                        () -> result.accept(Optional.empty()));
    }

    private void getList(String uri) {
        sources.lists().get(uri, issuer, answer -> {
            switch (answer) {
                case Answer.Known<TrustedList> known -> getDelta(uri, known.value());
                case Answer.Failed<TrustedList> failed -> failed(uri, failed.why());
            }
        });
    }

    /** Without a delta list the complete one holds all the same until the next is due (RFC 5280 5.2.4). */
    private void getDelta(String uri, TrustedList list) {
        Optional<String> deltaUri = deltaUris(list).stream().findFirst();
        if (deltaUri.isEmpty()) {
            conclude(uri, list);
        } else {
            sources.lists().get(deltaUri.get(), issuer, answer -> conclude(uri, list));
        }
    }

    private void conclude(String uri, TrustedList list) {
        List<TrustedList> files = sources.files().of(issuer, fault -> {});
        Optional<Finding> found = consult(list, deltasAtHand(list, files), printable(uri));
        if (found.isPresent()) {
            find(found.get());
        } else {
            next();
        }
    }

    private Optional<Finding> consult(TrustedList list, List<TrustedList> deltas, String source) {
        try {
            return Optional.of(new Finding(
                    list.status(subject, deltas, sources.environment().now()), source));
        } catch (UnusableStatusException e) {
            faults.add(source + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void find(Finding found) {
        finding = Optional.of(found);
        done.accept(this);
    }

    private void failed(String uri, String why) {
        faults.add(printable(uri) + ": " + why);
        next();
    }

    private static Optional<Finding> worst(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.status().revocation().isPresent())
                .findFirst()
                .or(() -> findings.stream().findFirst());
    }

    /** It comes from a certificate. */
    private static String printable(String uri) {
        return uri.replaceAll("[^!-~]", "?");
    }
}
