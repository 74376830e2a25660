package org.ikebana.config.syntax;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

final class DiskFiles implements ConfigFiles {
    private static final Path SELF = Path.of("/proc/self");
    private static final Integer ROOT = 0;
    private static final int OF_OTHERS = 077;
    private static final int ALL_PERMISSIONS = 07777;

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        try (var in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new IOException("it has more than " + limit + " octets");
            }
            return octets;
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException("permission is denied", denied);
        }
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public List<String> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (IOException unlistable) {
            return List.of();
        }
    }

    @Override
    public Path canonical(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException unreadable) {
            return file.toAbsolutePath().normalize();
        }
    }

    @Override
    public Optional<Exposure> exposure(Path file) {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            Object owner = Files.getAttribute(file, "unix:uid");
            Object self = Files.getAttribute(SELF, "unix:uid");
            if (!owner.equals(ROOT) && !owner.equals(self)) {
                return Optional.of(new Exposure(
                        "it belongs to " + Files.getOwner(file).getName()
                                + ", who can read it and put another one into its place",
                        "chown root " + file));
            }
            return (mode & OF_OTHERS) == 0
                    ? Optional.empty()
                    : Optional.of(new Exposure(
                            "others than its owner have access to it (mode %04o)".formatted(mode & ALL_PERMISSIONS),
                            "chmod 600 " + file));
        } catch (UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty(); // not a file system of Unix
        } catch (IOException e) {
            return Optional.of(
                    new Exposure("its owner and its mode cannot be read (" + e.getMessage() + ")", "stat " + file));
        }
    }

    @Override
    public boolean isReadableByOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
