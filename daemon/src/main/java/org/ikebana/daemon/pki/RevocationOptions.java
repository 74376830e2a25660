package org.ikebana.daemon.pki;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Revocation;
import org.ikebana.daemon.authority.RevocationReason;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which certificates are revoked. As with strongSwan the order counts: a reason is that of the next certificate. */
final class RevocationOptions {
    private static final String REASON = "--reason";
    private static final String DATE = "--date";
    private static final String CERTIFICATE = "--cert";
    private static final String SERIAL = "--serial";

    @Option(
            names = {REASON, "-r"},
            paramLabel = "REASON",
            parameterConsumer = InOrder.class,
            description = "Why the next one is revoked: key-compromise, ca-compromise, affiliation-changed, superseded,"
                    + " cessation-of-operation or certificate-hold.")
    private List<String> reasons = new ArrayList<>();

    @Option(
            names = {DATE, "-d"},
            paramLabel = "SECONDS",
            parameterConsumer = InOrder.class,
            description = "Since when the next one is revoked, as seconds since 1970 (default: now).")
    private List<String> dates = new ArrayList<>();

    @Option(
            names = {CERTIFICATE, "-z"},
            paramLabel = "FILE",
            parameterConsumer = InOrder.class,
            description = "A certificate to revoke; may be given several times.")
    private List<String> certificates = new ArrayList<>();

    @Option(
            names = {SERIAL, "-s"},
            paramLabel = "HEX",
            parameterConsumer = InOrder.class,
            description = "The serial number of a certificate to revoke; may be given several times.")
    private List<String> serials = new ArrayList<>();

    private final List<Given> inOrder = new ArrayList<>();

    private record Given(String option, String value) {}

    /** In the order in which they are given. */
    List<Revocation> read(Instant now) throws AuthorityException {
        List<Revocation> revocations = new ArrayList<>();
        RevocationReason reason = RevocationReason.UNSPECIFIED;
        Instant date = now;
        boolean isOpen = false;
        for (Given given : inOrder) {
            isOpen = given.option.equals(REASON) || given.option.equals(DATE);
            switch (given.option) {
                case REASON -> reason = RevocationReason.of(given.value);
                case DATE -> date = date(given.value);
                default -> {
                    revocations.add(new Revocation(serial(given), date, reason));
                    reason = RevocationReason.UNSPECIFIED;
                    date = now;
                }
            }
        }
        if (isOpen) {
            throw new AuthorityException(
                    "nothing follows " + inOrder.getLast().option + "; write --cert or --serial after it");
        }
        return revocations;
    }

    private static Instant date(String seconds) throws AuthorityException {
        if (!seconds.matches("[0-9]{1,12}")) {
            throw new AuthorityException("'" + seconds + "' is no time; write seconds since 1970, as 'date +%s' does");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static BigInteger serial(Given given) throws AuthorityException {
        return given.option.equals(SERIAL)
                ? new Serials().convert(given.value)
                : InputFile.read(Optional.of(Path.of(given.value)))
                        .certificate()
                        .serialNumber();
    }

    /** Keeps what picocli would sort by option. */
    static final class InOrder implements IParameterConsumer {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's signature
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            String name = ((OptionSpec) option).longestName();
            if (arguments.isEmpty()) {
                throw new ParameterException(command.commandLine(), "Missing value of option '" + name + "'");
            }
            ((SignCrlCommand) command.userObject()).revocations().inOrder.add(new Given(name, arguments.pop()));
        }
    }
}
