package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;

/** Makes {@link IkeSettings}, from others. */
public final class IkeSettingsBuilder {
    private int port;
    private int natPort;
    private Duration retransmitTimeout;
    private double retransmitBase;
    private int retransmitTries;
    private int retransmitJitterPercent;
    private Duration halfOpenTimeout;
    private int cookieThreshold;
    private int cookieThresholdPerAddress;
    private int blockThresholdPerAddress;
    private int halfOpenLimit;
    private int waitingLimit;
    private int createChildLimit;
    private int requestLimit;
    private int repeatedReplyLimit;
    private Duration natKeepalive;
    private int fragmentSize;
    private boolean ppkIntermediate;
    private boolean announceAuthMethods;
    private boolean quickCrashDetection;
    private Duration expiryNotice;
    private Optional<Secret> crashSecret;

    IkeSettingsBuilder(IkeSettings usual) {
        port = usual.port();
        natPort = usual.natPort();
        retransmitTimeout = usual.retransmitTimeout();
        retransmitBase = usual.retransmitBase();
        retransmitTries = usual.retransmitTries();
        retransmitJitterPercent = usual.retransmitJitterPercent();
        halfOpenTimeout = usual.halfOpenTimeout();
        cookieThreshold = usual.cookieThreshold();
        cookieThresholdPerAddress = usual.cookieThresholdPerAddress();
        blockThresholdPerAddress = usual.blockThresholdPerAddress();
        halfOpenLimit = usual.halfOpenLimit();
        waitingLimit = usual.waitingLimit();
        createChildLimit = usual.createChildLimit();
        requestLimit = usual.requestLimit();
        repeatedReplyLimit = usual.repeatedReplyLimit();
        natKeepalive = usual.natKeepalive();
        fragmentSize = usual.fragmentSize();
        ppkIntermediate = usual.ppkIntermediate();
        announceAuthMethods = usual.announceAuthMethods();
        quickCrashDetection = usual.quickCrashDetection();
        expiryNotice = usual.expiryNotice();
        crashSecret = usual.crashSecret();
    }

    public IkeSettingsBuilder port(int value) {
        port = value;
        return this;
    }

    public IkeSettingsBuilder natPort(int value) {
        natPort = value;
        return this;
    }

    public IkeSettingsBuilder retransmitTimeout(Duration value) {
        retransmitTimeout = value;
        return this;
    }

    public IkeSettingsBuilder retransmitBase(double value) {
        retransmitBase = value;
        return this;
    }

    public IkeSettingsBuilder retransmitTries(int value) {
        retransmitTries = value;
        return this;
    }

    public IkeSettingsBuilder retransmitJitterPercent(int value) {
        retransmitJitterPercent = value;
        return this;
    }

    public IkeSettingsBuilder halfOpenTimeout(Duration value) {
        halfOpenTimeout = value;
        return this;
    }

    public IkeSettingsBuilder cookieThreshold(int value) {
        cookieThreshold = value;
        return this;
    }

    public IkeSettingsBuilder cookieThresholdPerAddress(int value) {
        cookieThresholdPerAddress = value;
        return this;
    }

    public IkeSettingsBuilder blockThresholdPerAddress(int value) {
        blockThresholdPerAddress = value;
        return this;
    }

    public IkeSettingsBuilder halfOpenLimit(int value) {
        halfOpenLimit = value;
        return this;
    }

    public IkeSettingsBuilder createChildLimit(int value) {
        createChildLimit = value;
        return this;
    }

    public IkeSettingsBuilder requestLimit(int value) {
        requestLimit = value;
        return this;
    }

    public IkeSettingsBuilder repeatedReplyLimit(int value) {
        repeatedReplyLimit = value;
        return this;
    }

    public IkeSettingsBuilder waitingLimit(int value) {
        waitingLimit = value;
        return this;
    }

    public IkeSettingsBuilder natKeepalive(Duration value) {
        natKeepalive = value;
        return this;
    }

    public IkeSettingsBuilder fragmentSize(int value) {
        fragmentSize = value;
        return this;
    }

    public IkeSettingsBuilder ppkIntermediate(boolean value) {
        ppkIntermediate = value;
        return this;
    }

    public IkeSettingsBuilder announceAuthMethods(boolean value) {
        announceAuthMethods = value;
        return this;
    }

    public IkeSettingsBuilder quickCrashDetection(boolean value) {
        quickCrashDetection = value;
        return this;
    }

    public IkeSettingsBuilder expiryNotice(Duration value) {
        expiryNotice = value;
        return this;
    }

    public IkeSettingsBuilder crashSecret(Secret value) {
        crashSecret = Optional.of(value);
        return this;
    }

    public IkeSettings build() {
        return new IkeSettings(
                port,
                natPort,
                retransmitTimeout,
                retransmitBase,
                retransmitTries,
                retransmitJitterPercent,
                halfOpenTimeout,
                cookieThreshold,
                cookieThresholdPerAddress,
                blockThresholdPerAddress,
                halfOpenLimit,
                waitingLimit,
                createChildLimit,
                requestLimit,
                repeatedReplyLimit,
                natKeepalive,
                fragmentSize,
                ppkIntermediate,
                announceAuthMethods,
                quickCrashDetection,
                expiryNotice,
                crashSecret);
    }
}
