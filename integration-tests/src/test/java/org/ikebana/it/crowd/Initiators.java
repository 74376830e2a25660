package org.ikebana.it.crowd;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.it.lab.Lab;
import org.jspecify.annotations.Nullable;

/**
 * All who begin, and the dead server that answers connections: a program of its own in their namespace. It writes the gateway's
 * configuration, and then carries out what it reads, each line answered by one:
 *
 * <ul>
 *   <li>{@code tunnels COUNT}: {@code up}, and the milliseconds that each took
 *   <li>{@code arrive SERVERS ROUND SIZE RATE}: {@code arrived}
 *   <li>{@code count}: {@code waiting COUNT}
 *   <li>{@code settle}: {@code settled}, and how many were let in, refused, or are without an answer still
 *   <li>{@code leave}: {@code left}
 * </ul>
 */
public final class Initiators {
    /** A good deal more than the gateway may take to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final SharedKeyTunnels tunnels = new SharedKeyTunnels();
    private @Nullable Crowd crowd;

    private Initiators() throws Exception {}

    /** @param arguments folder for the gateway's configuration, the gateway's {@code remote.revocation} */
    public static void main(String[] arguments) throws Exception {
        DeadServers.open();
        Initiators initiators = new Initiators();
        initiators.configure(Path.of(arguments[0]), arguments[1]);
        System.out.println("configured");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(initiators.carryOut(line.split(" ")));
        }
        System.exit(0); // without a word to the gateway, which ends as well
    }

    private void configure(Path folder, String revocation) {
        TestAuthority.Issued gateway = root.issue(
                "CN=gateway",
                "P-256",
                builder -> builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, GatewayFiles.ID))));
        for (Map.Entry<String, String> file :
                GatewayFiles.of(root, gateway, revocation).entrySet()) {
            Lab.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private String carryOut(String[] command) throws Exception {
        return switch (command[0]) {
            case "tunnels" ->
                "up "
                        + tunnels.bringUp(Integer.parseInt(command[1])).stream()
                                .map("%.3f"::formatted)
                                .collect(Collectors.joining(" "));
            case "arrive" -> {
                DeadServers servers = DeadServers.valueOf(command[1]);
                Crowd next = new Crowd(root, servers, Integer.parseInt(command[2]), Integer.parseInt(command[3]));
                next.arrive(Integer.parseInt(command[4]));
                crowd = next;
                yield "arrived";
            }
            case "count" -> "waiting " + Objects.requireNonNull(crowd).waiting();
            case "settle" -> {
                Crowd all = Objects.requireNonNull(crowd);
                all.awaitAnswers(PATIENCE);
                yield "settled " + all.established() + " " + all.refused() + " " + all.waiting() + " "
                        + all.firstRefusal();
            }
            case "leave" -> {
                Objects.requireNonNull(crowd).leave();
                yield "left";
            }
            default -> throw new IllegalArgumentException(String.join(" ", command));
        };
    }
}
