package org.ikebana.ike.sa;

import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.ChildRequest;

/** What comes of IKE_AUTH once the peer has proved who it is. Of the first three methods one is called, once. */
interface Admission {
    /** It may come in, or go on. */
    void admit();

    void refuse(Failure failure);

    /** The IKE SA ends before either: wipe and free what is held for it. */
    void abandon();

    /** False where there is no room for further children yet. */
    boolean addChild(ChildRequest request);

    /** Whether the peer takes the SA for established, so that it has to hear of its end. */
    boolean isPeerDone();
}
