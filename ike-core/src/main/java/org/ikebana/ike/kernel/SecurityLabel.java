package org.ikebana.ike.kernel;

/**
 * What a Linux Security Module calls the traffic of an SA.
 *
 * @param module 1 for SELinux ({@code XFRM_SC_ALG_SELINUX})
 * @param context as the module writes it: {@code system_u:object_r:ipsec_spd_t:s0}
 */
public record SecurityLabel(int module, String context) {}
