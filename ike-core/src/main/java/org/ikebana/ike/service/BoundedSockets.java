package org.ikebana.ike.service;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.x509.RevocationList;

/**
 * Sockets that nothing more can be read from once {@link Fetch#PATIENCE} is over, or the longest revocation list has come.
 * JNDI limits neither; it finds this class by its name.
 */
public final class BoundedSockets extends SocketFactory {
    /** Of LDAP around the list. */
    private static final int MARGIN = 65_536;

    private static final BoundedSockets INSTANCE = new BoundedSockets();

    private BoundedSockets() {}

    /** What JNDI calls. */
    public static SocketFactory getDefault() {
        return INSTANCE;
    }

    /** Not connected yet. */
    @Override
    public Socket createSocket() {
        return new Bounded();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("only sockets that are not connected yet");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    private static final class Bounded extends Socket {
        private final Deadline deadline = Deadline.in(Fetch.PATIENCE);

        @Override
        public InputStream getInputStream() throws IOException {
            return new BoundedInput(super.getInputStream());
        }

        private final class BoundedInput extends FilterInputStream {
            private int left = RevocationList.MAX_LENGTH + MARGIN;

            private BoundedInput(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                long millis = deadline.left().toMillis();
                if (millis == 0) {
                    throw new SocketTimeoutException("no answer within " + Fetch.PATIENCE.toSeconds() + " s");
                }
                if (left == 0) {
                    throw new IOException("its answer is too long");
                }
                setSoTimeout((int) millis);
                int count = super.read(target, from, Math.min(length, left));
                left -= Math.max(0, count);
                return count;
            }
        }
    }
}
