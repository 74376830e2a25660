package org.ikebana.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** Says on the host behind the western gateway which certificates are revoked: files by HTTP, and OpenSSL's OCSP responder. */
public final class RevocationServers {
    /** Of the files. */
    public static final String URL = "http://10.1.0.2:8080";

    public static final String OCSP_URL = "http://10.1.0.2:8081";

    private RevocationServers() {}

    /** Serves a file until the lab is taken down. */
    public static void publish(Netns host, String name, Octets content) {
        Path folder = host.lab().newFolder("http");
        try {
            Files.write(folder.resolve(name), content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        start(
                host,
                "web server",
                "Serving",
                java.toString(),
                "-m",
                "jdk.httpserver",
                "-b",
                "10.1.0.2",
                "-p",
                "8080",
                "-d",
                folder.toString());
    }

    /** Answers, signed with the authority's own key, until the lab is taken down. */
    public static void respond(Netns host, TestAuthority authority, List<Certificate> good, List<Certificate> revoked) {
        Path folder = host.lab().newFolder("ocsp");
        List<String> index = new ArrayList<>();
        good.forEach(each -> index.add(line("V", "", each)));
        revoked.forEach(each -> index.add(line("R", "260101000000Z,keyCompromise", each)));
        Lab.write(folder.resolve("index.txt"), String.join("", index));
        Lab.write(
                folder.resolve("ca.pem"),
                TestAuthority.pem("CERTIFICATE", authority.certificate().encoded()));
        Lab.write(folder.resolve("ca.key"), authority.keyPem());
        start(
                host,
                "OCSP responder",
                "waiting for OCSP client connections",
                "openssl",
                "ocsp",
                "-port",
                "8081",
                "-index",
                folder.resolve("index.txt").toString(),
                "-CA",
                folder.resolve("ca.pem").toString(),
                "-rsigner",
                folder.resolve("ca.pem").toString(),
                "-rkey",
                folder.resolve("ca.key").toString(),
                "-nmin",
                "60");
    }

    private static void start(Netns host, String name, String ready, String... command) {
        RunningProcess server = host.lab()
                .own(RunningProcess.start(name + " at " + host, host.commandLine(List.of(command)), Map.of()));
        server.await(ready, Patience.seconds(20));
    }

    /** Of the database of {@code openssl ca}. */
    private static String line(String status, String since, Certificate certificate) {
        String serial = certificate.serialNumber().toString(16).toUpperCase(Locale.ROOT);
        return String.join(
                        "\t",
                        status,
                        "490101000000Z",
                        since,
                        (serial.length() % 2 == 0 ? "" : "0") + serial,
                        "unknown",
                        "/CN=" + certificate.serialNumber())
                + "\n";
    }
}
