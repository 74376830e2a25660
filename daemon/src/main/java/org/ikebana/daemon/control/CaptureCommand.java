package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.daemon.capture.DecryptionTable;
import org.ikebana.daemon.capture.IkePacket;
import org.ikebana.daemon.capture.PcapngFile;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.client.ViciException;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ikebana capture}. */
@Command(
        name = "capture",
        description = {
            "Records what IKE says about a connection, with the keys, so that Wireshark shows it in clear.",
            "For root alone; the daemon's log has a line of it. The files are no one else's to read: they tell everything that",
            "IKE has said, though nothing of the tunnels' traffic."
        })
public final class CaptureCommand implements Callable<Integer> {
    private static final String DATAGRAM = "capture-datagram";
    private static final String KEYS = "capture-keys";

    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONNECTION", description = "Which.")
    private String connection = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = TimeConverter.class,
            description = "How long, as 90s or 5m; an hour at the most (default: ${DEFAULT-VALUE}).")
    private Duration time = Duration.ofMinutes(1);

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file, which must not be there yet (default: CONNECTION.pcapng).")
    private Optional<Path> file = Optional.empty();

    private final StringBuilder untold = new StringBuilder();
    private boolean areFilesOurs;
    private int datagrams;
    private final Set<String> withKeys = new HashSet<>();

    @Override
    public Integer call() throws IOException {
        Path target = file.orElseGet(() -> Path.of(connection + ".pcapng"));
        Path folder = target.resolveSibling(target.getFileName() + ".keys");
        PrintWriter out = spec.commandLine().getOut();
        Message request = Message.with()
                .put("ike", connection)
                .put("seconds", time.toSeconds())
                .build();
        try (ViciClient daemon = socket.connect();
                PcapngFile capture = PcapngFile.create(target);
                DecryptionTable table = DecryptionTable.create(folder)) {
            areFilesOurs = true;
            Message answer = DaemonSocket.required(
                    daemon.stream("capture", request, Set.of(DATAGRAM, KEYS), event -> record(event, capture, table)));
            out.println(
                    datagrams + " datagrams in " + target + ", keys of " + withKeys.size() + " IKE SAs in " + folder);
            out.println("read them with: WIRESHARK_CONFIG_DIR=" + folder + " wireshark " + target);
            if (answer.isYes("full")) {
                out.println("it has ended early, as it was as much as the daemon records");
            }
            answer.text("lost")
                    .filter(lost -> !lost.equals("0"))
                    .ifPresent(lost -> out.println(lost + " datagrams are missing: they came too fast"));
            out.flush();
            return 0;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ViciException e) {
            if (areFilesOurs && datagrams == 0) {
                Files.delete(target);
                DecryptionTable.delete(folder);
            }
            throw e;
        } catch (FileAlreadyExistsException e) {
            throw new ViciException(e.getFile() + " is there already; name another file with --out");
        }
    }

    private void record(Packet event, PcapngFile capture, DecryptionTable table) {
        try {
            if (event.name().equals(KEYS)) {
                add(event.message(), table);
            } else {
                add(event.message(), capture);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Message told, DecryptionTable table) throws IOException {
        Optional<String> encryption = told.text("encryption");
        Optional<String> integrity = told.text("integrity");
        if (encryption.isEmpty() || integrity.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("the algorithms of the IKE SA with the initiator's SPI " + text(told, "spi-i")
                            + " are none that Wireshark decrypts");
            return;
        }
        String line = "%s,%s,%s,%s,\"%s\",%s,%s,\"%s\""
                .formatted(
                        text(told, "spi-i"),
                        text(told, "spi-r"),
                        text(told, "sk-ei"),
                        text(told, "sk-er"),
                        encryption.get(),
                        text(told, "sk-ai"),
                        text(told, "sk-ar"),
                        integrity.get());
        table.add(line);
        untold.append(untold.isEmpty() ? "ikev2_decryption_table:\n" : "\n").append(line);
        withKeys.add(text(told, "spi-i"));
    }

    /** The keys stand in the comment of the next packet, too, so that the one file is enough for whoever has lost the other. */
    private void add(Message told, PcapngFile capture) throws IOException {
        boolean isInbound = text(told, "direction").equals("in");
        InetSocketAddress local = address(told, "local");
        InetSocketAddress remote = address(told, "remote");
        byte[] packet = IkePacket.of(
                isInbound ? remote : local,
                isInbound ? local : remote,
                told.octets("data").orElse(new byte[0]),
                told.isYes("marked"));
        capture.packet(Instant.parse(text(told, "time")), isInbound, packet, untold.toString());
        untold.setLength(0);
        datagrams++;
    }

    private static InetSocketAddress address(Message told, String end) {
        return new InetSocketAddress(
                InetAddress.ofLiteral(text(told, end + "-host")), Integer.parseInt(text(told, end + "-port")));
    }

    private static String text(Message told, String name) {
        return told.text(name).orElse("");
    }

    /** {@code 90s}, {@code 5m} or {@code 90}. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        private static final Pattern TIME = Pattern.compile("([0-9]{1,4})([sm]?)");

        @Override
        public Duration convert(String text) {
            Matcher matcher = TIME.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' is no time: write it as 90s or 5m");
            }
            int number = Integer.parseInt(matcher.group(1));
            return matcher.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
        }
    }
}
