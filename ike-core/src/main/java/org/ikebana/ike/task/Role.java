package org.ikebana.ike.task;

/** Which end of an IKE SA or of an exchange we are. */
public enum Role {
    INITIATOR,
    RESPONDER
}
