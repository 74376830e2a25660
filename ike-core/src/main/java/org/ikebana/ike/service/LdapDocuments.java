package org.ikebana.ike.service;

import java.net.URI;
import java.util.Hashtable;
import java.util.Locale;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.ldap.LdapName;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.wire.Octets;

/** Gets revocation lists by LDAP (RFC 4516, RFC 5280 4.2.1.13): one attribute of one entry, nothing else, through JNDI. */
final class LdapDocuments {
    private static final String DEFAULT_ATTRIBUTE = "certificateRevocationList;binary";

    private LdapDocuments() {}

    /** Blocks no longer than until the deadline. */
    @SuppressWarnings("BanJNDI") // getAttributes makes no objects of what it gets, as look-ups would
    static Fetched get(URI uri, Fetch what, Deadline deadline) {
        if (what.question().isPresent()) {
            return new Fetched.Failed("OCSP goes by http:// only");
        }
        String attribute = attribute(uri);
        try {
            DirContext context = new InitialDirContext(settings(uri, attribute, deadline));
            try {
                return first(context.getAttributes(entry(uri), new String[] {attribute}), attribute, what);
            } finally {
                context.close();
            }
        } catch (CommunicationException e) {
            return deadline.left().isZero() ? ServerTurns.tooLate() : new Fetched.Failed("no connection: " + reason(e));
        } catch (NamingException e) {
            return new Fetched.Failed("the server answers: " + reason(e));
        }
    }

    private static Hashtable<String, String> settings(URI uri, String attribute, Deadline deadline) {
        String patience = Long.toString(Math.max(1, deadline.left().toMillis()));
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        settings.put(Context.PROVIDER_URL, "ldap://" + uri.getAuthority());
        settings.put(Context.REFERRAL, "ignore");
        settings.put(Context.SECURITY_AUTHENTICATION, "none");
        settings.put("java.naming.ldap.attributes.binary", attribute);
        settings.put("java.naming.ldap.factory.socket", BoundedSockets.class.getName());
        settings.put("com.sun.jndi.ldap.connect.timeout", patience);
        settings.put("com.sun.jndi.ldap.read.timeout", patience);
        return settings;
    }

    private static LdapName entry(URI uri) throws NamingException {
        String path = uri.getPath();
        return new LdapName(path.startsWith("/") ? path.substring(1) : path);
    }

    private static String attribute(URI uri) {
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        String attribute = query.indexOf('?') < 0 ? query : query.substring(0, query.indexOf('?'));
        if (attribute.isEmpty() || attribute.indexOf(',') >= 0) {
            return DEFAULT_ATTRIBUTE;
        }
        return attribute.toLowerCase(Locale.ROOT).endsWith(";binary") ? attribute : attribute + ";binary";
    }

    private static Fetched first(Attributes attributes, String name, Fetch what) throws NamingException {
        NamingEnumeration<? extends Attribute> all = attributes.getAll();
        Object value = all.hasMore() ? all.next().get() : null;
        if (!(value instanceof byte[] octets)) {
            return new Fetched.Failed("there is no " + name);
        }
        return octets.length > what.limit()
                ? new Fetched.Failed("its answer has more than " + what.limit() + " octets")
                : new Fetched.Content(Octets.wrap(octets));
    }

    private static String reason(NamingException e) {
        String text =
                e.getRootCause() == null ? e.getMessage() : e.getRootCause().getMessage();
        return String.valueOf(text).replaceAll("[^ -~]", "?");
    }
}
