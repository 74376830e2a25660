package org.ikebana.ike.sa;

import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildRequest;

/** What comes of an IKE_AUTH message once the peer has proved who it is. Of the first three methods one is called, once. */
interface Admission {
    /** It may come in, or go on to the next round. */
    void admit();

    void refuse(Failure failure);

    /** The IKE SA ends before either: wipe and free what is held for it. */
    void abandon();

    /** False where there is no room for further children yet. */
    boolean addChild(ChildRequest request);

    /** Whether both sides have proved all that they have to. */
    boolean isLast();
}
