package org.ikebana.ike.eap;

import org.bouncycastle.tls.TlsFatalAlert;

/** This side breaks a handshake off; the other one learns the alert alone. */
final class TlsRefusal extends TlsFatalAlert {
    private static final long serialVersionUID = 1;

    private final String sentence;

    /** @param alert {@link org.bouncycastle.tls.AlertDescription} */
    TlsRefusal(short alert, String sentence) {
        super(alert, sentence);
        this.sentence = sentence;
    }

    /** For people on this side. */
    String sentence() {
        return sentence;
    }
}
