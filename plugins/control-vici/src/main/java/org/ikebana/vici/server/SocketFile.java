package org.ikebana.vici.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket, and who may connect to it.
 *
 * @param mode the permissions of the file, as octal {@code chmod} has them
 * @param owner empty for whoever runs the daemon
 * @param group likewise
 */
public record SocketFile(Path path, int mode, Optional<String> owner, Optional<String> group) {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    /**
     * Makes the file, with its folder where that is missing; what a daemon has left that is gone gives way. The file goes when
     * the socket is closed.
     *
     * @throws IOException with the reason and the remedy
     */
    public ListeningSocket listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            makeFolder();
            giveWay();
            channel.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw new IOException("vici cannot listen at " + path + ": " + reason(e), e);
        }
        ListeningSocket socket = new ListeningSocket("unix://" + path, channel, this::remove);
        try {
            permit();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "vici cannot listen at " + path + ": its owner, group or mode cannot be set: " + reason(e), e);
        }
    }

    private void makeFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        }
    }

    private void giveWay() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isOther = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
        if (!isOther) {
            throw new IOException(
                    "there is a file that is no socket; remove it, or name another socket in ikebana.conf");
        }
        if (isAnswering()) {
            throw new IOException("another daemon answers there; end it, or name another socket in ikebana.conf");
        }
        Files.delete(path);
    }

    private boolean isAnswering() {
        try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return other.isConnected();
        } catch (IOException e) {
            LOG.debug("nobody answers at {}", path, e);
            return false;
        }
    }

    /** Until then the process's umask stands, under which nobody else may connect as a rule. */
    private void permit() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        if (owner.isPresent()) {
            view.setOwner(names.lookupPrincipalByName(owner.get()));
        }
        if (group.isPresent()) {
            view.setGroup(names.lookupPrincipalByGroupName(group.get()));
        }
        view.setPermissions(permissions(mode));
    }

    private void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", path, e.getMessage());
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] highestFirst = PosixFilePermission.values();
        for (int bit = 0; bit < highestFirst.length; bit++) {
            if (((mode >> (highestFirst.length - 1 - bit)) & 1) != 0) {
                permissions.add(highestFirst[bit]);
            }
        }
        return permissions;
    }

    private static String reason(Exception e) {
        String text = e instanceof FileSystemException file && file.getReason() == null
                ? e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage()
                : String.valueOf(e.getMessage());
        return text
                + "; start the daemon as root, or name another socket in ikebana.conf: control { vici { socket = … } }";
    }
}
