package org.ikebana.vici.command;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.vici.report.AlgorithmWords;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/** {@code get-algorithms}: those that proposals can name here. Each has been tested, so the first time takes some seconds. */
public final class GetAlgorithms implements Command {
    private static final String PROVIDER = "ikebana";
    /** Where the key length is a choice, all or none of them are there. */
    private static final List<Integer> KEY_BITS = List.of(0, 256);

    private final DaemonControl daemon;

    public GetAlgorithms(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "get-algorithms";
    }

    @Override
    public Message run(Message request, Caller caller) {
        CryptoRegistry crypto = daemon.crypto();
        return Message.with()
                .section("encryption", section(AlgorithmWords.ENCRYPTION, id -> !isAead(id) && canEncrypt(crypto, id)))
                .section(
                        "integrity",
                        section(
                                AlgorithmWords.INTEGRITY,
                                id -> crypto.integrity(id).isPresent()))
                .section("aead", section(AlgorithmWords.ENCRYPTION, id -> isAead(id) && canEncrypt(crypto, id)))
                .section("prf", section(AlgorithmWords.PRF, id -> crypto.prf(id).isPresent()))
                .section("dh", keyExchanges(crypto))
                .build();
    }

    private static MessageBuilder section(Map<Integer, String> words, IntPredicate isThere) {
        MessageBuilder section = Message.with();
        words.forEach((id, word) -> {
            if (isThere.test(id)) {
                section.put(word, PROVIDER);
            }
        });
        return section;
    }

    private static MessageBuilder keyExchanges(CryptoRegistry crypto) {
        MessageBuilder section = Message.with();
        AlgorithmWords.KEY_EXCHANGE.forEach(
                (id, word) -> crypto.keyExchange(id).ifPresent(method -> section.put(word, method.source())));
        return section;
    }

    private static boolean isAead(int id) {
        return Transform.of(TransformType.ENCR, id).isAead();
    }

    private static boolean canEncrypt(CryptoRegistry crypto, int id) {
        return KEY_BITS.stream().anyMatch(bits -> crypto.encryption(id, bits).isPresent());
    }
}
