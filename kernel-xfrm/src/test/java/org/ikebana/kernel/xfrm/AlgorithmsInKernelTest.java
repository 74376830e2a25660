package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every algorithm that Linux has a name for in IPsec: what {@code ip xfrm} installs we read whole, what we install it prints. */
@Tag("realkernel")
@Timeout(120)
class AlgorithmsInKernelTest implements KernelContract {
    private static final int FIRST_SPI = 0x1001;

    private static final Named AES = new Named("cbc(aes)", 32, 0);
    private static final Named SHA256 = new Named("hmac(sha256)", 32, 96);

    private static final List<Named> CIPHERS = List.of(
            new Named("ecb(cipher_null)", 0, 0),
            new Named("cbc(des)", 8, 0),
            new Named("cbc(des3_ede)", 24, 0),
            new Named("cbc(cast5)", 16, 0),
            new Named("cbc(blowfish)", 56, 0),
            AES,
            new Named("cbc(serpent)", 32, 0),
            new Named("cbc(camellia)", 32, 0),
            new Named("cbc(twofish)", 32, 0),
            new Named("cbc(sm4)", 16, 0),
            new Named("rfc3686(ctr(aes))", 36, 0),
            new Named("rfc3686(ctr(sm4))", 20, 0));

    /** Each with the truncation that it has unless told otherwise. */
    private static final List<Named> MACS = List.of(
            new Named("digest_null", 0, 0),
            new Named("hmac(md5)", 16, 96),
            new Named("hmac(sha1)", 20, 96),
            SHA256,
            new Named("hmac(sha384)", 48, 192),
            new Named("hmac(sha512)", 64, 256),
            new Named("hmac(rmd160)", 20, 96),
            new Named("hmac(sm3)", 32, 256),
            new Named("xcbc(aes)", 16, 96),
            new Named("cmac(aes)", 16, 96));

    private static final List<Named> TRUNCATED = List.of(
            new Named("hmac(md5)", 16, 128), new Named("hmac(sha1)", 20, 160), new Named("hmac(sha256)", 32, 128));

    private static final List<Named> COMBINED = List.of(
            new Named("rfc4106(gcm(aes))", 20, 64),
            new Named("rfc4106(gcm(aes))", 28, 96),
            new Named("rfc4106(gcm(aes))", 36, 128),
            new Named("rfc4309(ccm(aes))", 19, 64),
            new Named("rfc4309(ccm(aes))", 27, 96),
            new Named("rfc4309(ccm(aes))", 35, 128),
            new Named("rfc4543(gcm(aes))", 36, 128),
            new Named("rfc7539esp(chacha20,poly1305)", 36, 128));

    private static final List<Named> COMPRESSIONS =
            List.of(new Named("deflate", 0, 0), new Named("lzs", 0, 0), new Named("lzjh", 0, 0));

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    /** Every pair of a cipher and an integrity algorithm is one more for the kernel to load: each is in one pair here. */
    @Test
    void whatIpInstallsIsReadWhole() throws Exception {
        needsEsp("every algorithm that ip xfrm installs");
        Asked asked = new Asked();
        for (Named cipher : present("esp", "enc", CIPHERS)) {
            asked.add("esp", SHA256.with("auth"), cipher.with("enc"));
        }
        List<Named> macs = present("ah", "auth", MACS);
        macs.forEach(mac -> asked.add("esp", mac.with("auth"), AES.with("enc")));
        macs.forEach(mac -> asked.add("ah", mac.with("auth")));
        TRUNCATED.forEach(mac -> asked.add("ah", mac.with("auth-trunc")));
        present("esp", "aead", COMBINED).forEach(aead -> asked.add("esp", aead.with("aead")));
        present("comp", "comp", COMPRESSIONS).forEach(comp -> asked.add("comp", comp.with("comp")));
        assertThat(asked.expected).as("what every kernel with ESP has").hasSizeGreaterThan(20);

        asked.install();

        assertThat(told()).containsExactlyEntriesOf(asked.expected);
    }

    @Test
    void whatWeInstallIpPrints() throws Exception {
        needsEsp("every algorithm that ip xfrm prints");
        List<KernelSuite> suites =
                Stream.concat(KernelSuite.esp(), KernelSuite.ah()).toList();
        List<KernelChange> additions = new ArrayList<>();
        for (KernelSuite suite : suites) {
            additions.add(TestSa.inbound(TestNet.IPV4, new Spi(FIRST_SPI + additions.size()))
                    .protocol(suite.protocol())
                    .algorithms(suite.ours())
                    .add());
        }

        apply(additions.toArray(KernelChange[]::new));

        String printed = words(command("ip -d xfrm state"));
        for (int i = 0; i < suites.size(); i++) {
            String sa =
                    printed.split("spi 0x%08x".formatted(FIRST_SPI + i), 2)[1].split(" spi 0x", 2)[0];
            assertThat(suites.get(i).peers().replace(" \"\"", "").split(" (?=auth-trunc )"))
                    .allSatisfy(algorithm -> assertThat(sa).contains(algorithm));
        }
    }

    /** Those that the kernel has, each in an SA of its own. At another one {@code ip} ends: it is told, loudly. */
    private static List<Named> present(String protocol, String purpose, List<Named> all) throws Exception {
        List<Named> present = new ArrayList<>();
        List<Named> left = all;
        while (!left.isEmpty()) {
            Asked each = new Asked();
            for (Named algorithm : left) {
                if (purpose.equals("enc")) {
                    each.add(protocol, SHA256.with("auth"), algorithm.with("enc"));
                } else {
                    each.add(protocol, algorithm.with(purpose));
                }
            }
            int taken = each.installUntilOneIsMissing();
            present.addAll(left.subList(0, taken));
            if (taken < left.size()) {
                System.out.println("SKIPPED: AlgorithmsInKernelTest: this kernel lacks " + left.get(taken).name
                        + ", which Linux has a name for in IPsec");
            }
            left = left.subList(Math.min(taken + 1, left.size()), left.size());
            command("ip xfrm state flush");
        }
        return present;
    }

    /** By SPI. */
    private static Map<Integer, List<String>> told() throws IOException {
        return XfrmTables.read(XfrmTables.Keys.KEPT).sas().stream()
                .collect(Collectors.toMap(
                        sa -> sa.spi().value(), AlgorithmsInKernelTest::algorithms, (a, b) -> a, TreeMap::new));
    }

    private static List<String> algorithms(SaEntry sa) {
        return sa.algorithms().stream()
                .map(algorithm -> algorithm.purpose() + " " + algorithm.name() + " 0x"
                        + HexFormat.of().formatHex(algorithm.key().bytes()) + " " + algorithm.icvBits())
                .toList();
    }

    private static String words(String output) {
        return output.replaceAll("\\s+", " ").strip();
    }

    /** @param bits of the integrity check value; 0 for none */
    private record Named(String name, int keyOctets, int bits) {
        Wanted with(String purpose) {
            return new Wanted(this, purpose);
        }
    }

    /** @param purpose as {@code ip xfrm} has it */
    private record Wanted(Named algorithm, String purpose) {
        String words() {
            boolean withBits = purpose.equals("aead") || purpose.equals("auth-trunc");
            boolean withKey = !purpose.equals("comp");
            return purpose + " " + algorithm.name + (withKey ? " " + KernelSuite.hex(algorithm.keyOctets) : "")
                    + (withBits ? " " + algorithm.bits : "");
        }

        String told() {
            String key = HexFormat.of()
                    .formatHex(KernelSuite.key(algorithm.keyOctets).bytes());
            return purpose.replace("-trunc", "") + " " + algorithm.name + " 0x" + key + " " + algorithm.bits;
        }
    }

    /** SAs for {@code ip -batch}, and what is to be told of each. */
    private static final class Asked {
        private final List<String> commands = new ArrayList<>();
        private final Map<Integer, List<String>> expected = new LinkedHashMap<>();

        void add(String protocol, Wanted... algorithms) {
            List<Wanted> wanted = List.of(algorithms);
            int spi = FIRST_SPI + commands.size();
            commands.add("xfrm state add src 192.0.2.2 dst 192.0.2.1 proto %s spi 0x%x mode transport %s"
                    .formatted(protocol, spi, wanted.stream().map(Wanted::words).collect(Collectors.joining(" "))));
            expected.put(spi, wanted.stream().map(Wanted::told).toList());
        }

        void install() throws IOException, InterruptedException {
            Path batch = Files.createTempFile("algorithms", ".ip");
            try {
                Files.write(batch, commands);
                command("ip -batch " + batch);
            } finally {
                Files.delete(batch);
            }
        }

        /** Returns how many there are. */
        int installUntilOneIsMissing() throws IOException, InterruptedException {
            try {
                install();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("algorithm not found");
            }
            return told().size();
        }
    }
}
