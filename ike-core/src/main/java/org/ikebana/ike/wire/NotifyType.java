package org.ikebana.ike.wire;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/** Notify message types (IANA "IKEv2 Notify Message Types", RFC 7296 3.10.1 and its extensions). */
public final class NotifyType {
    public static final int UNSUPPORTED_CRITICAL_PAYLOAD = 1;
    public static final int INVALID_IKE_SPI = 4;
    public static final int INVALID_MAJOR_VERSION = 5;
    public static final int INVALID_SYNTAX = 7;
    public static final int INVALID_MESSAGE_ID = 9;
    public static final int INVALID_SPI = 11;
    public static final int NO_PROPOSAL_CHOSEN = 14;
    public static final int INVALID_KE_PAYLOAD = 17;
    public static final int AUTHENTICATION_FAILED = 24;
    public static final int SINGLE_PAIR_REQUIRED = 34;
    public static final int NO_ADDITIONAL_SAS = 35;
    public static final int INTERNAL_ADDRESS_FAILURE = 36;
    public static final int FAILED_CP_REQUIRED = 37;
    public static final int TS_UNACCEPTABLE = 38;
    public static final int INVALID_SELECTORS = 39;
    public static final int UNACCEPTABLE_ADDRESSES = 40;
    public static final int UNEXPECTED_NAT_DETECTED = 41;
    public static final int USE_ASSIGNED_HOA = 42;
    public static final int TEMPORARY_FAILURE = 43;
    public static final int CHILD_SA_NOT_FOUND = 44;
    public static final int INVALID_GROUP_ID = 45;
    public static final int AUTHORIZATION_FAILED = 46;
    public static final int STATE_NOT_FOUND = 47;
    public static final int TS_MAX_QUEUE = 48;

    public static final int INITIAL_CONTACT = 16384;
    public static final int SET_WINDOW_SIZE = 16385;
    public static final int ADDITIONAL_TS_POSSIBLE = 16386;
    public static final int IPCOMP_SUPPORTED = 16387;
    public static final int NAT_DETECTION_SOURCE_IP = 16388;
    public static final int NAT_DETECTION_DESTINATION_IP = 16389;
    public static final int COOKIE = 16390;
    public static final int USE_TRANSPORT_MODE = 16391;
    public static final int HTTP_CERT_LOOKUP_SUPPORTED = 16392;
    public static final int REKEY_SA = 16393;
    public static final int ESP_TFC_PADDING_NOT_SUPPORTED = 16394;
    public static final int NON_FIRST_FRAGMENTS_ALSO = 16395;
    public static final int MOBIKE_SUPPORTED = 16396;
    public static final int ADDITIONAL_IP4_ADDRESS = 16397;
    public static final int ADDITIONAL_IP6_ADDRESS = 16398;
    public static final int NO_ADDITIONAL_ADDRESSES = 16399;
    public static final int UPDATE_SA_ADDRESSES = 16400;
    public static final int COOKIE2 = 16401;
    public static final int NO_NATS_ALLOWED = 16402;
    public static final int AUTH_LIFETIME = 16403;
    public static final int MULTIPLE_AUTH_SUPPORTED = 16404;
    public static final int ANOTHER_AUTH_FOLLOWS = 16405;
    public static final int REDIRECT_SUPPORTED = 16406;
    public static final int REDIRECT = 16407;
    public static final int REDIRECTED_FROM = 16408;
    public static final int TICKET_LT_OPAQUE = 16409;
    public static final int TICKET_REQUEST = 16410;
    public static final int TICKET_ACK = 16411;
    public static final int TICKET_NACK = 16412;
    public static final int TICKET_OPAQUE = 16413;
    public static final int LINK_ID = 16414;
    public static final int USE_WESP_MODE = 16415;
    public static final int ROHC_SUPPORTED = 16416;
    public static final int EAP_ONLY_AUTHENTICATION = 16417;
    public static final int CHILDLESS_IKEV2_SUPPORTED = 16418;
    public static final int QUICK_CRASH_DETECTION = 16419;
    public static final int IKEV2_MESSAGE_ID_SYNC_SUPPORTED = 16420;
    public static final int IPSEC_REPLAY_COUNTER_SYNC_SUPPORTED = 16421;
    public static final int IKEV2_MESSAGE_ID_SYNC = 16422;
    public static final int IPSEC_REPLAY_COUNTER_SYNC = 16423;
    public static final int SECURE_PASSWORD_METHODS = 16424;
    public static final int PSK_PERSIST = 16425;
    public static final int PSK_CONFIRM = 16426;
    public static final int ERX_SUPPORTED = 16427;
    public static final int IFOM_CAPABILITY = 16428;
    public static final int SENDER_REQUEST_ID = 16429;
    public static final int IKEV2_FRAGMENTATION_SUPPORTED = 16430;
    public static final int SIGNATURE_HASH_ALGORITHMS = 16431;
    public static final int CLONE_IKE_SA_SUPPORTED = 16432;
    public static final int CLONE_IKE_SA = 16433;
    public static final int PUZZLE = 16434;
    public static final int USE_PPK = 16435;
    public static final int PPK_IDENTITY = 16436;
    public static final int NO_PPK_AUTH = 16437;
    public static final int INTERMEDIATE_EXCHANGE_SUPPORTED = 16438;
    public static final int IP4_ALLOWED = 16439;
    public static final int IP6_ALLOWED = 16440;
    public static final int ADDITIONAL_KEY_EXCHANGE = 16441;
    public static final int USE_AGGFRAG = 16442;
    public static final int SUPPORTED_AUTH_METHODS = 16443;
    public static final int SA_RESOURCE_INFO = 16444;
    public static final int USE_PPK_INT = 16445;
    public static final int PPK_IDENTITY_KEY = 16446;

    private static final int FIRST_STATUS = 16384;
    private static final Map<Integer, String> NAMES = names();

    private NotifyType() {}

    /** Whether the type reports an error; types from 16384 on are status types (RFC 7296 3.10.1). */
    public static boolean isError(int notifyType) {
        return notifyType < FIRST_STATUS;
    }

    /** The registered name, or {@code NOTIFY_} and the number for a type without a name here. */
    public static String name(int notifyType) {
        return NAMES.getOrDefault(notifyType, "NOTIFY_" + notifyType);
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        for (Field field : NotifyType.class.getFields()) {
            try {
                names.put(field.getInt(null), field.getName());
            } catch (IllegalAccessException e) {
                throw new AssertionError("a public field is readable", e);
            }
        }
        return Map.copyOf(names);
    }
}
