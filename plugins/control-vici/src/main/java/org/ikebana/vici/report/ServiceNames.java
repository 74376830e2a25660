package org.ikebana.vici.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The names that this host has for ports, as {@code services(5)} keeps them: the first one of each. */
final class ServiceNames {
    /** Those of this machine, read once; none where there is no such file. */
    static final ServiceNames OF_THIS_HOST = read(Path.of("/etc/services"));

    /** More than any host knows. */
    private static final int MOST_LINES = 100_000;

    private final Map<String, String> names = new HashMap<>();

    private ServiceNames() {}

    static ServiceNames read(Path file) {
        ServiceNames services = new ServiceNames();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            lines.limit(MOST_LINES).forEach(services::line);
        } catch (IOException e) {
            return new ServiceNames(); // then ports are printed as numbers
        }
        return services;
    }

    /** @param protocol as {@code tcp} */
    Optional<String> of(int port, String protocol) {
        return Optional.ofNullable(names.get(port + "/" + protocol));
    }

    /** {@code ssh  22/tcp  alias  # comment}. */
    private void line(String line) {
        String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
        if (words.length > 1) {
            names.putIfAbsent(words[1], words[0]);
        }
    }
}
