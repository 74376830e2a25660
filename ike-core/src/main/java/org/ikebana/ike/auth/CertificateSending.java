package org.ikebana.ike.auth;

/** When CERT payloads go out ({@code send_cert}); for the peer's, whether CERTREQ does ({@code send_certreq}). */
public enum CertificateSending {
    ALWAYS,
    IF_ASKED,
    NEVER
}
