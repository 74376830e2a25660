package org.ikebana.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Messages of every shape the records allow; the same seed makes the same ones. */
final class RandomMessages {
    private static final PayloadType[] PLAIN = {
        PayloadType.SA,
        PayloadType.KE,
        PayloadType.IDI,
        PayloadType.IDR,
        PayloadType.CERT,
        PayloadType.CERTREQ,
        PayloadType.AUTH,
        PayloadType.NONCE,
        PayloadType.NOTIFY,
        PayloadType.DELETE,
        PayloadType.VENDOR_ID,
        PayloadType.TSI,
        PayloadType.TSR,
        PayloadType.CP,
        PayloadType.EAP
    };
    private static final int[] UNKNOWN_TYPES = {1, 32, 49, 50, 54, 127, 255};

    private final SplittableRandom random;

    RandomMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Some payload of a type, the same each time; a Notify is of a status type. */
    static Payload plain(PayloadType type) {
        return type == PayloadType.NOTIFY
                ? NotifyPayload.of(NotifyType.INITIAL_CONTACT)
                : new RandomMessages(type.code()).payload(type);
    }

    /** A message of an unprotected exchange, or one with an encrypted payload. */
    IkeMessage message() {
        boolean inClear = random.nextBoolean();
        List<Payload> payloads = inClear ? chain() : new ArrayList<>();
        if (!inClear && random.nextBoolean()) {
            payloads.add(payload(PayloadType.VENDOR_ID));
        }
        if (!inClear) {
            payloads.add(payload(random.nextBoolean() ? PayloadType.SK : PayloadType.SKF));
        }
        return new IkeMessage(header(inClear ? 34 : random.nextInt(35, 38)), payloads);
    }

    /** Payloads that may stand inside of an encrypted one. */
    List<Payload> chain() {
        return some(8, () -> random.nextInt(10) == 0 ? unknown() : payload(PLAIN[random.nextInt(PLAIN.length)]));
    }

    IkeHeader header(int exchangeType) {
        return new IkeHeader(
                random.nextLong(),
                random.nextLong(),
                2,
                random.nextInt(16),
                exchangeType,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt());
    }

    Payload payload(PayloadType type) {
        return switch (type) {
            case SA -> new SaPayload(atLeastOne(some(3, this::proposal), this::proposal));
            case KE -> new KePayload(twoOctets(), octets(300));
            case IDI, IDR -> new IdPayload(type, octet(), random.nextInt(1 << 24), octets(40));
            case CERT -> new CertPayload(octet(), octets(600));
            case CERTREQ -> new CertReqPayload(octet(), octets(60));
            case AUTH -> new AuthPayload(octet(), octets(80));
            case NONCE -> new NoncePayload(exactly(random.nextInt(16, 257)));
            case NOTIFY -> new NotifyPayload(octet(), octets(8), twoOctets(), octets(40));
            case DELETE -> delete();
            case VENDOR_ID -> new VendorIdPayload(octets(40));
            case TSI, TSR -> new TsPayload(type, some(4, this::selector));
            case SK -> new EncryptedPayload(octet(), octets(200));
            case CP -> new ConfigurationPayload(octet(), some(6, this::configurationAttribute));
            case EAP -> new EapPayload(octets(60));
            case SKF -> fragment();
        };
    }

    /** Octets of any kind, not a message at all but for its length. */
    byte[] garbage(int length) {
        byte[] garbage = new byte[length];
        random.nextBytes(garbage);
        return garbage;
    }

    /** A copy in which one to four octets are something else. */
    byte[] mutated(byte[] original) {
        byte[] mutated = original.clone();
        for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) random.nextInt();
                case 2 -> mutated[at] += random.nextBoolean() ? 1 : -1;
                default -> mutated[at] = (byte) (random.nextBoolean() ? 0 : 0xff);
            }
        }
        return mutated;
    }

    private Payload unknown() {
        return new UnknownPayload(UNKNOWN_TYPES[random.nextInt(UNKNOWN_TYPES.length)], false, octets(30));
    }

    private Payload delete() {
        int spiSize = random.nextInt(1, 9);
        return new DeletePayload(octet(), some(5, () -> exactly(spiSize)));
    }

    private Payload fragment() {
        int total = random.nextInt(1, 65536);
        return new EncryptedFragmentPayload(octet(), random.nextInt(1, total + 1), total, octets(200));
    }

    private ProposalSubstructure proposal() {
        return new ProposalSubstructure(octet(), octet(), octets(8), some(6, this::transform));
    }

    private TransformSubstructure transform() {
        return new TransformSubstructure(octet(), twoOctets(), some(2, this::transformAttribute));
    }

    private TransformAttribute transformAttribute() {
        boolean fixedLength = random.nextBoolean();
        return new TransformAttribute(random.nextInt(1 << 15), fixedLength, fixedLength ? exactly(2) : octets(10));
    }

    private SelectorSubstructure selector() {
        int tsType = random.nextInt(7, 11);
        int addressLength = TrafficSelectorSubstructure.addressLength(tsType);
        return addressLength == 0
                ? new UnknownSelectorSubstructure(tsType, octet(), octets(20))
                : new TrafficSelectorSubstructure(
                        tsType, octet(), twoOctets(), twoOctets(), exactly(addressLength), exactly(addressLength));
    }

    private ConfigurationAttribute configurationAttribute() {
        return new ConfigurationAttribute(random.nextInt(1 << 15), octets(20));
    }

    private <T> List<T> some(int most, Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            elements.add(element.get());
        }
        return elements;
    }

    private static <T> List<T> atLeastOne(List<T> elements, Supplier<T> element) {
        return elements.isEmpty() ? List.of(element.get()) : elements;
    }

    private int octet() {
        return random.nextInt(1 << 8);
    }

    private int twoOctets() {
        return random.nextInt(1 << 16);
    }

    private Octets octets(int most) {
        return exactly(random.nextInt(most + 1));
    }

    private Octets exactly(int length) {
        return Octets.wrap(garbage(length));
    }
}
