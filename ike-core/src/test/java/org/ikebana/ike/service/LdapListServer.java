package org.ikebana.ike.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.ikebana.ike.environment.Fetch;

/** A directory (RFC 4511) with one entry, which has a revocation list; on the loopback. */
final class LdapListServer implements AutoCloseable {
    private static final int BIND = 0;
    private static final int SEARCH = 3;
    private static final int SUCCESS = 0;
    private static final int NO_SUCH_OBJECT = 32;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String entry;
    private final byte[] list;

    LdapListServer(String entry, byte[] list) throws IOException {
        this.entry = entry;
        this.list = list;
        Thread.ofVirtual().start(this::serve);
    }

    Fetch fetch(String name, int limit) {
        String uri = "ldap://127.0.0.1:" + socket.getLocalPort() + "/" + name
                + "?certificateRevocationList?base?objectClass=cRLDistributionPoint";
        return new Fetch(uri, Optional.empty(), limit);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                serve(peer.getInputStream(), peer.getOutputStream());
            } catch (IOException ended) {
                continue; // the peer has gone, or the test is over
            }
        }
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        ASN1InputStream messages = new ASN1InputStream(in);
        while (messages.readObject() instanceof ASN1Sequence message) {
            ASN1Integer id = ASN1Integer.getInstance(message.getObjectAt(0));
            ASN1TaggedObject request = ASN1TaggedObject.getInstance(message.getObjectAt(1));
            if (request.getTagNo() == BIND) {
                send(out, id, 1, result(SUCCESS));
            } else if (request.getTagNo() == SEARCH) {
                search(out, id, request);
            }
        }
    }

    private void search(OutputStream out, ASN1Integer id, ASN1TaggedObject request) throws IOException {
        ASN1Sequence search = ASN1Sequence.getInstance(request.getBaseUniversal(false, BERTags.SEQUENCE));
        String base =
                new String(ASN1OctetString.getInstance(search.getObjectAt(0)).getOctets(), StandardCharsets.UTF_8);
        if (!base.equals(entry)) {
            send(out, id, 5, result(NO_SUCH_OBJECT));
            return;
        }
        DERSequence attribute =
                sequence(text("certificateRevocationList;binary"), new DERSet(new DEROctetString(list)));
        send(out, id, 4, sequence(text(entry), sequence(attribute)));
        send(out, id, 5, result(SUCCESS));
    }

    private static DERSequence result(int code) {
        return sequence(new ASN1Enumerated(code), text(""), text(""));
    }

    private static void send(OutputStream out, ASN1Integer id, int tag, DERSequence operation) throws IOException {
        out.write(sequence(id, new DERTaggedObject(false, BERTags.APPLICATION, tag, operation))
                .getEncoded());
        out.flush();
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }

    private static DEROctetString text(String text) {
        return new DEROctetString(text.getBytes(StandardCharsets.UTF_8));
    }
}
