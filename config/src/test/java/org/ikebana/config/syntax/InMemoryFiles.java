package org.ikebana.config.syntax;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Configuration files that a test makes up. */
public final class InMemoryFiles implements ConfigFiles {
    private final Map<Path, byte[]> files = new TreeMap<>();
    private final Set<Path> readable = new HashSet<>();

    public static InMemoryFiles of(String file, String text) {
        return new InMemoryFiles().with(file, text);
    }

    public InMemoryFiles with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public InMemoryFiles with(String file, byte[] octets) {
        files.put(Path.of(file), octets);
        return this;
    }

    public InMemoryFiles readableByOthers(String file) {
        readable.add(Path.of(file));
        return this;
    }

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        byte[] octets = files.get(canonical(file));
        if (octets == null) {
            throw new IOException("there is no such file");
        }
        if (octets.length > limit) {
            throw new IOException("it has more than " + limit + " octets");
        }
        return octets;
    }

    @Override
    public boolean exists(Path file) {
        return files.containsKey(canonical(file)) || isDirectory(file);
    }

    @Override
    public boolean isDirectory(Path path) {
        Path directory = canonical(path);
        return files.keySet().stream().anyMatch(file -> file.startsWith(directory) && !file.equals(directory));
    }

    @Override
    public List<String> list(Path directory) {
        Path parent = canonical(directory);
        return files.keySet().stream()
                .filter(file -> file.startsWith(parent) && !file.equals(parent))
                .map(file -> file.getName(parent.getNameCount()).toString())
                .distinct()
                .toList()
                .reversed();
    }

    @Override
    public Path canonical(Path file) {
        return file.normalize();
    }

    @Override
    public Optional<Exposure> exposure(Path file) {
        return isReadableByOthers(file)
                ? Optional.of(new Exposure("others may read it", "chmod it"))
                : Optional.empty();
    }

    @Override
    public boolean isReadableByOthers(Path file) {
        return readable.contains(canonical(file));
    }
}
