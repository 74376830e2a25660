package org.ikebana.kernel.xfrm.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.table.XfrmTables.Keys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ip xfrm} installs is read whole. */
@Timeout(60)
class XfrmTablesTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f10111213";

    @Test
    void readsPoliciesOfEverybody() throws Exception {
        NetworkNamespace.run(() -> {
            command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 proto tcp dport 443 dir in priority 5 index 80"
                    + " flag icmp mark 3 mask 0xff if_id 9 tmpl src 192.0.2.1 dst 192.0.2.9 proto esp spi 0x77 reqid 99"
                    + " mode tunnel level use");
            command("ip xfrm policy add src fd00:1::/32 dst fd00:2::/32 dir fwd action block");

            XfrmTables tables = XfrmTables.read(Keys.WIPED);

            assertThat(tables.policies())
                    .extracting(PolicyEntry::toString)
                    .containsExactly(
                            "fwd policy fd00:1:0:0:0:0:0:0/32 to fd00:2:0:0:0:0:0:0/32",
                            "in policy 10.1.0.0/16 to 10.2.0.0/16 protocol 6 ports any to 443");
            assertThat(tables.policies().getFirst().blocks()).isTrue();
            PolicyEntry policy = tables.policies().getLast();
            assertThat(policy.mark()).isEqualTo(new Mark(3, 0xff));
            assertThat(policy.ifId()).isEqualTo(9);
            assertThat(XfrmWords.policyFlags(policy.info().flags())).containsExactly("icmp");
            assertThat(policy.templates()).singleElement().satisfies(template -> {
                assertThat(template.spi().value()).isEqualTo(0x77);
                assertThat(template.destination()).isEqualTo(InetAddress.ofLiteral("192.0.2.9"));
                assertThat(template.isOptional()).isTrue();
            });
            assertThat(tables.defaults()).isEqualTo(XfrmTables.DefaultActions.ACCEPT);
        });
    }

    @Test
    void readsWhatIsReserved() throws Exception {
        NetworkNamespace.run(() -> {
            command(
                    "ip xfrm state allocspi src 192.0.2.2 dst 192.0.2.1 proto esp reqid 8 mode tunnel min 0x1000 max 0x1000");

            assertThat(XfrmTables.read(Keys.WIPED).sas()).singleElement().satisfies(sa -> {
                assertThat(sa).hasToString("ESP SA 00001000 to 192.0.2.1");
                assertThat(sa.isLarval()).isTrue();
                assertThat(sa.reqid()).isEqualTo(8);
            });
        });
    }

    @Test
    void followsWhatHappens() throws Exception {
        LinkedBlockingQueue<XfrmMessage> messages = new LinkedBlockingQueue<>();
        NetworkNamespace.run(() -> {
            try (XfrmMonitor monitor = XfrmMonitor.start(watcher(messages))) {
                command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out");
                command("ip xfrm policy delete src 10.1.0.0/16 dst 10.2.0.0/16 dir out");
                assertThat(messages.poll(10, TimeUnit.SECONDS)).isInstanceOf(XfrmMessage.NewPolicy.class);
                assertThat(messages.poll(10, TimeUnit.SECONDS)).isInstanceOf(XfrmMessage.DeletePolicy.class);
            }
        });
    }

    @Test
    @Tag("realkernel")
    void readsAnSaWithAllThatItHas() throws Exception {
        NetworkNamespace.run(() -> {
            addSa("ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1000 reqid 99 mode tunnel flag esn"
                    + " replay-window 128 replay-oseq 77 mark 5 mask 0xff if_id 9 output-mark 6"
                    + " encap espinudp 4500 4501 0.0.0.0 limit time-hard 3600 limit packet-soft 1000"
                    + " aead rfc4106(gcm(aes)) 0x" + KEY + " 128");

            XfrmTables tables = XfrmTables.read(Keys.KEPT);

            assertThat(tables.sas()).singleElement().satisfies(sa -> {
                assertThat(sa.isLarval()).isFalse();
                assertThat(sa.replay()).isEqualTo(new ReplayState(true, 128, 77, 0));
                assertThat(sa.mark()).isEqualTo(new Mark(5, 0xff));
                assertThat(sa.outputMark()).isEqualTo(new Mark(6, -1));
                assertThat(sa.ifId()).isEqualTo(9);
                assertThat(sa.info().lft().softPacketLimit()).isEqualTo(1000);
                assertThat(XfrmWords.stateFlags(sa.info().flags())).contains("esn");
                assertThat(sa.algorithms()).singleElement().satisfies(algorithm -> {
                    assertThat(algorithm.name()).isEqualTo("rfc4106(gcm(aes))");
                    assertThat(algorithm.icvBits()).isEqualTo(128);
                    assertThat(HexFormat.of().formatHex(algorithm.key().bytes()))
                            .isEqualTo(KEY);
                });
            });
            Secret unasked = XfrmTables.read(Keys.WIPED)
                    .sas()
                    .getFirst()
                    .algorithms()
                    .getFirst()
                    .key();
            assertThatThrownBy(unasked::bytes).hasMessageContaining("wiped");
        });
    }

    private static void addSa(String command) throws IOException, InterruptedException {
        try {
            command(command);
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).matches("(?s).*(Protocol not supported|algorithm not found).*")) {
                throw e;
            }
            NetworkNamespace.skip("this kernel has no ESP; run it in integration-tests/rig/in-real-kernel");
        }
    }

    private static XfrmMonitor.Watcher watcher(LinkedBlockingQueue<XfrmMessage> messages) {
        return new XfrmMonitor.Watcher() {
            @Override
            public void onMessage(XfrmMessage message) {
                messages.add(message);
            }

            @Override
            public void onLost() {
                throw new AssertionError("lost");
            }
        };
    }
}
