package org.ikebana.kernel.xfrm.message;

import java.util.List;
import java.util.Map;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.struct.*;

/** {@code ip xfrm state …}. */
final class IpXfrmState {
    private static final Map<String, Integer> FLAGS = Map.of(
            "noecn",
            1,
            "decap-dscp",
            2,
            "nopmtudisc",
            4,
            "wildrecv",
            8,
            "icmp",
            16,
            "af-unspec",
            32,
            "align4",
            64,
            "esn",
            128);
    private static final int ESN = 128;
    private static final Map<String, Integer> EXTRA_FLAGS = Map.of("dont-encap-dscp", 1, "oseq-may-wrap", 2);
    private static final Map<String, Integer> ENCAPSULATIONS =
            Map.of("espinudp-nonike", 1, "espinudp", 2, "espintcp", 7);

    private final Words words;
    private final IpXfrmParts.Id id = new IpXfrmParts.Id();
    private final IpXfrmParts.Selector selector = new IpXfrmParts.Selector();
    private final IpXfrmParts.Limits limits;
    private Attributes attributes = Attributes.NONE;
    private int sequence;
    private int reqid;
    private int mode;
    private int flags;
    private int extraFlags;
    private int window;
    private int replaySequence;
    private int replayOutgoing;
    private int replaySequenceHigh;
    private int replayOutgoingHigh;
    private int min = 0x100;
    private int max = 0x0fffffff;

    private IpXfrmState(Words words, long unlimited) {
        this.words = words;
        this.limits = new IpXfrmParts.Limits(unlimited);
    }

    static XfrmMessage message(String verb, Words words) {
        return switch (verb) {
            case "add" -> new IpXfrmState(words, -1).parsed().newSa();
            case "update", "upd" -> {
                XfrmMessage.NewSa sa = new IpXfrmState(words, -1).parsed().newSa();
                yield new XfrmMessage.UpdateSa(sa.body(), sa.attributes());
            }
            case "allocspi" -> new IpXfrmState(words, 0).parsed().allocSpi();
            case "delete", "del" -> {
                IpXfrmState state = new IpXfrmState(words, 0).parsed();
                yield new XfrmMessage.DeleteSa(state.said(), state.withSource());
            }
            case "get" -> {
                IpXfrmState state = new IpXfrmState(words, 0).parsed();
                yield new XfrmMessage.GetSa(state.said(), state.withSource());
            }
            case "flush" -> {
                IpXfrmState state = new IpXfrmState(words, 0).parsed();
                yield new XfrmMessage.FlushSa(new XfrmUsersaFlush(state.id.protocol), Attributes.NONE);
            }
            case "count" -> new XfrmMessage.GetSadInfo(FlagsWord.ALL, Attributes.NONE);
            case "list", "show" -> dump(words);
            case "deleteall" -> new XfrmMessage.DumpSa(Attributes.NONE); // and one deletion for each that matches
            default -> throw words.unknown();
        };
    }

    /** All SAs of a protocol between two prefixes. */
    private static XfrmMessage dump(Words words) {
        IpXfrmParts.Selector prefixes = new IpXfrmParts.Selector();
        IpXfrmParts.Id id = new IpXfrmParts.Id();
        words.takeWhile(word -> word.equals("proto") ? id.option(word, words) : prefixes.option(word, words));
        words.end();
        XfrmSelector selector = prefixes.selector(0);
        Attributes attributes = id.protocol == 0 ? Attributes.NONE : Attributes.NONE.with(Xfrma.PROTO, id.protocol);
        return new XfrmMessage.DumpSa(attributes.with(
                Xfrma.ADDRESS_FILTER,
                new XfrmAddressFilter(
                        selector.saddr(),
                        selector.daddr(),
                        selector.family(),
                        selector.prefixlenS(),
                        selector.prefixlenD())));
    }

    private IpXfrmState parsed() {
        words.takeWhile(this::option);
        words.end();
        return this;
    }

    private boolean option(String word) {
        switch (word) {
            case "mode" -> mode = words.choice(IpXfrmParts.MODES);
            case "mark" -> attributes = IpXfrmParts.mark(attributes, words);
            case "reqid" -> reqid = words.number();
            case "seq" -> sequence = Integer.reverseBytes(words.number()); // iproute2 makes it big-endian
            case "replay-window" -> window = words.number();
            case "replay-seq" -> replaySequence = words.number();
            case "replay-oseq" -> replayOutgoing = words.number();
            case "replay-seq-hi" -> replaySequenceHigh = words.number();
            case "replay-oseq-hi" -> replayOutgoingHigh = words.number();
            case "flag" -> flags |= flags(FLAGS);
            case "extra-flag" -> extraFlags |= flags(EXTRA_FLAGS);
            case "sel" -> words.takeWhile(w -> selector.option(w, words));
            case "limit" -> limits.take(words);
            case "encap" -> encapsulation();
            case "coa" -> add(Xfrma.COADDR, XfrmAddress.of(words.address()));
            case "output-mark" -> outputMark();
            case "if_id" -> add(Xfrma.IF_ID, words.number());
            case "tfcpad" -> add(Xfrma.TFCPAD, words.number());
            case "min" -> min = words.number();
            case "max" -> max = words.number();
            case "enc" -> add(Xfrma.ALG_CRYPT, XfrmAlgo.of(words.next(), secret()));
            case "auth" -> add(Xfrma.ALG_AUTH, XfrmAlgo.of(words.next(), secret()));
            case "comp" -> add(Xfrma.ALG_COMP, XfrmAlgo.of(words.next(), secret()));
            case "auth-trunc" -> {
                String name = words.next();
                Secret key = secret();
                add(Xfrma.ALG_AUTH_TRUNC, XfrmAlgoAuth.of(name, words.number(), key));
            }
            case "aead" -> {
                String name = words.next();
                Secret key = secret();
                add(Xfrma.ALG_AEAD, XfrmAlgoAead.of(name, words.number(), key));
            }
            default -> {
                return id.option(word, words);
            }
        }
        return true;
    }

    private XfrmMessage.NewSa newSa() {
        if ((flags & ESN) != 0 || window > 32) {
            int bitmap = (window + 31) / 32;
            add(
                    Xfrma.REPLAY_ESN_VAL,
                    new XfrmReplayStateEsn(
                            bitmap,
                            replayOutgoing,
                            replaySequence,
                            replayOutgoingHigh,
                            replaySequenceHigh,
                            window,
                            List.of()));
            window = 0;
        } else if (replaySequence != 0 || replayOutgoing != 0) {
            add(Xfrma.REPLAY_VAL, new XfrmReplayState(replayOutgoing, replaySequence, 0));
        }
        if (extraFlags != 0) {
            add(Xfrma.SA_EXTRA_FLAGS, extraFlags);
        }
        return new XfrmMessage.NewSa(info(), attributes);
    }

    private XfrmMessage.AllocSpi allocSpi() {
        return new XfrmMessage.AllocSpi(new XfrmUserspiInfo(info(), min, max), attributes);
    }

    private XfrmUsersaInfo info() {
        return new XfrmUsersaInfo(
                selector.selector(0),
                id.id(),
                id.source,
                limits.limits(),
                XfrmLifetimeCur.NONE,
                XfrmStats.NONE,
                sequence,
                reqid,
                id.family,
                mode,
                window,
                flags);
    }

    private XfrmUsersaId said() {
        return new XfrmUsersaId(id.destination, id.spi, id.family, id.protocol);
    }

    private Attributes withSource() {
        return attributes.with(Xfrma.SRCADDR, id.source);
    }

    private int flags(Map<String, Integer> known) {
        int result = 0;
        while (known.containsKey(words.peek())) {
            result |= words.choice(known);
        }
        return result;
    }

    private void encapsulation() {
        int type = words.choice(ENCAPSULATIONS);
        int source = words.number();
        int destination = words.number();
        add(Xfrma.ENCAP, new XfrmEncapTmpl(type, source, destination, XfrmAddress.of(words.address())));
    }

    private void outputMark() {
        add(Xfrma.SET_MARK, words.number());
        if (words.take("mask")) {
            add(Xfrma.SET_MARK_MASK, words.number());
        }
    }

    private Secret secret() {
        return Secret.wrap(words.key());
    }

    private <T> void add(AttributeType<T> type, T value) {
        attributes = attributes.with(type, value);
    }
}
