package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ikebana.config.syntax.InMemoryFiles;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void saysWhatWouldBeBroughtUp() throws Exception {
        assertThat(explain("""
                connections {
                  office {
                    local_addrs = 192.0.2.1
                    remote_addrs = gw.example.com, 198.51.100.0/24
                    local_port = 4500
                    proposals = aes256gcm16-prfsha384-ecp384
                    rekey_time = 8h
                    dpd_delay = 30s
                    encap = yes
                    local { auth = psk
                            id = @me }
                    remote { auth = psk
                             id = *.example.com }
                    children {
                      net { local_ts = 10.1.0.0/16
                            remote_ts = 10.2.0.0/16, 10.3.0.0/16[tcp/443]
                            start_action = trap|start
                            dpd_action = restart
                            close_action = trap
                            if_id_out = 42
                            mark_in = 0x10/0xff }
                      host { mode = transport
                             rekey_time = 0 }
                    }
                  }
                  road { local { auth = psk }
                         remote { auth = psk }
                         children { any { } } }
                }
                secrets { ike { secret = hunter2 } }
                """)).isEqualTo("""
                2 connections, 3 children, 1 preshared key

                connection office
                  from 192.0.2.1 port 4500
                  to gw.example.com, 198.51.100.0/24
                  as me, proved by a preshared key
                  with *.example.com, who must know it too
                  IKE proposals aes256gcm16-prfsha384-ecp384
                  keys are renewed within 8h
                  a peer silent for 30s is asked if it lives
                  ESP always goes in UDP
                  child net
                    tunnel 10.1.0.0/16 <-> 10.2.0.0/16, 10.3.0.0/16[tcp/443], marks 0x10 in, 0x0 out, XFRM interfaces 0 in, 42 out
                    ESP proposals default
                    keys are renewed within 1h, and end after 66m
                    comes up at once, and later when there is traffic for it
                    when the peer closes it: comes up when there is traffic for it
                    when the peer is dead: comes up again at once
                  child host
                    transport its address <-> its address
                    ESP proposals default
                    keys are not renewed by age
                    waits for the peer or for a command
                    when the peer closes it: stays down
                    when the peer is dead: stays down

                connection road
                  from any address
                  to any address
                  as its own address, proved by a preshared key
                  with anybody, who must know it too
                  IKE proposals default
                  keys are renewed within 4h
                  a dead peer is noticed when it does not answer a request
                  child any
                    tunnel its address <-> its address
                    ESP proposals default
                    keys are renewed within 1h, and end after 66m
                    waits for the peer or for a command
                    when the peer closes it: stays down
                    when the peer is dead: stays down
                """);
    }

    @Test
    void saysSoIfThereIsNothing() throws Exception {
        assertThat(explain("")).isEqualTo("0 connections, 0 children, 0 preshared keys\n");
    }

    private static String explain(String swanctlConf) throws ConfigException {
        return Explanation.of(ConfigLoader.load(Path.of("f"), InMemoryFiles.of("f", swanctlConf)));
    }
}
