package org.ikebana.ike.sa;

import org.ikebana.ike.event.Failure;

/** What comes of an IKE_AUTH message once the peer has proved who it is. Beside {@link #abandon} one of the two is called, once. */
interface Admission extends Continuation {
    /** It may come in, or go on to the next round. */
    void admit();

    void refuse(Failure failure);

    @Override
    default void goOn() {
        admit();
    }
}
