package org.ikebana.bench.crypto;

import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.wire.PrfId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** PRF over two nonces of 32 octets and prf+ for the seven keys of AES-256-CBC with HMAC-SHA-256, new key each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrfBenchmark {
    private static final int SEVEN_KEYS = 7 * 32;

    private final Prf hmac = CryptoRegistry.standard().prf(PrfId.HMAC_SHA2_256).orElseThrow();
    private final Prf cmac = CryptoRegistry.standard().prf(PrfId.AES128_CMAC).orElseThrow();
    private final byte[] key = new byte[32];
    private final byte[] aesKey = new byte[16];
    private final byte[] nonces = new byte[64];
    private final byte[] noncesAndSpis = new byte[80];

    @Benchmark
    public byte[] hmacSha256() {
        return hmac.compute(key, nonces);
    }

    @Benchmark
    public byte[] hmacSha256ByBouncyCastle() {
        return BouncyCastle.hmacSha256(key, nonces);
    }

    @Benchmark
    public byte[] hmacSha256Plus() {
        return hmac.expand(key, SEVEN_KEYS, noncesAndSpis);
    }

    @Benchmark
    public byte[] hmacSha256PlusByBouncyCastle() {
        return BouncyCastle.hmacSha256Plus(key, SEVEN_KEYS, noncesAndSpis);
    }

    @Benchmark
    public byte[] aesCmac() {
        return cmac.compute(aesKey, nonces);
    }

    @Benchmark
    public byte[] aesCmacByBouncyCastle() {
        CMac mac = new CMac(AESEngine.newInstance());
        mac.init(new KeyParameter(aesKey));
        mac.update(nonces, 0, nonces.length);
        byte[] code = new byte[mac.getMacSize()];
        mac.doFinal(code, 0);
        return code;
    }
}
