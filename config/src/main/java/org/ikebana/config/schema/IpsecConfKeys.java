package org.ikebana.config.schema;

import java.util.Map;
import java.util.Optional;

/** How keys of strongSwan's older {@code ipsec.conf} are called in {@code swanctl.conf}. */
final class IpsecConfKeys {
    private static final Map<String, String> SUCCESSORS = Map.ofEntries(
            Map.entry("left", "local_addrs"),
            Map.entry("right", "remote_addrs"),
            Map.entry("leftid", "local.id"),
            Map.entry("rightid", "remote.id"),
            Map.entry("leftauth", "local.auth"),
            Map.entry("rightauth", "remote.auth"),
            Map.entry("authby", "local.auth"),
            Map.entry("leftsubnet", "children.<child>.local_ts"),
            Map.entry("rightsubnet", "children.<child>.remote_ts"),
            Map.entry("leftikeport", "local_port"),
            Map.entry("rightikeport", "remote_port"),
            Map.entry("keyexchange", "version"),
            Map.entry("ike", "proposals"),
            Map.entry("esp", "children.<child>.esp_proposals"),
            Map.entry("ah", "children.<child>.ah_proposals"),
            Map.entry("auto", "children.<child>.start_action"),
            Map.entry("type", "children.<child>.mode"),
            Map.entry("ikelifetime", "rekey_time"),
            Map.entry("lifetime", "children.<child>.life_time"),
            Map.entry("keylife", "children.<child>.life_time"),
            Map.entry("dpdaction", "children.<child>.dpd_action"),
            Map.entry("dpddelay", "dpd_delay"),
            Map.entry("dpdtimeout", "dpd_timeout"),
            Map.entry("closeaction", "children.<child>.close_action"),
            Map.entry("forceencaps", "encap"),
            Map.entry("uniqueids", "unique"));

    private IpsecConfKeys() {}

    static Optional<String> successor(String name) {
        return Optional.ofNullable(SUCCESSORS.get(name));
    }
}
