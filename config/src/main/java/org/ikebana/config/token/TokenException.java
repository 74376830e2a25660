package org.ikebana.config.token;

import java.util.Map;

/** A token, or the library for it, does not do what it should; the message says what, and nothing of a PIN. */
public final class TokenException extends Exception {
    static final long OK = 0;
    static final long PIN_INCORRECT = 0xa0;
    static final long SESSION_CLOSED = 0xb0;
    static final long SESSION_HANDLE_INVALID = 0xb3;
    static final long TOKEN_NOT_PRESENT = 0xe0;
    static final long USER_ALREADY_LOGGED_IN = 0x100;
    static final long USER_NOT_LOGGED_IN = 0x101;
    static final long ALREADY_INITIALIZED = 0x191;
    static final long OBJECT_HANDLE_INVALID = 0x82;
    static final long KEY_HANDLE_INVALID = 0x60;
    static final long DEVICE_REMOVED = 0x32;

    private static final Map<Long, String> WORDS = Map.ofEntries(
            Map.entry(0x05L, "it says only that it failed"),
            Map.entry(0x30L, "the device has an error"),
            Map.entry(DEVICE_REMOVED, "the device has been removed"),
            Map.entry(KEY_HANDLE_INVALID, "the key is no longer there"),
            Map.entry(0x63L, "the key is of another type"),
            Map.entry(0x68L, "the key may not be used for this"),
            Map.entry(0x70L, "it does not know the mechanism"),
            Map.entry(0x71L, "it does not take the parameters of the mechanism"),
            Map.entry(OBJECT_HANDLE_INVALID, "the object is no longer there"),
            Map.entry(PIN_INCORRECT, "the PIN is wrong"),
            Map.entry(0xa2L, "the PIN is too short or too long"),
            Map.entry(0xa3L, "the PIN has expired"),
            Map.entry(0xa4L, "the PIN is locked after too many tries"),
            Map.entry(TOKEN_NOT_PRESENT, "there is no token in the slot"),
            Map.entry(0xe1L, "the token is not one that it knows"),
            Map.entry(USER_NOT_LOGGED_IN, "the token wants its PIN"),
            Map.entry(0x102L, "the token has no PIN yet"));

    private final long code;

    TokenException(String message) {
        super(message);
        this.code = OK;
    }

    TokenException(String function, long code) {
        super(WORDS.getOrDefault(code, "error 0x" + Long.toHexString(code)) + " (" + function + ")");
        this.code = code;
    }

    /** CKR_… of the standard; {@link #OK} where it was no function that failed. */
    long code() {
        return code;
    }
}
