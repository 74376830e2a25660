package org.ikebana.kernel.linux;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Error numbers (asm-generic/errno.h) with words that say what to do, where something can be done. */
public enum Errno {
    EPERM(1, "operation not permitted; run as root or give CAP_NET_ADMIN"),
    ENOENT(2, "no such object or algorithm"),
    ESRCH(3, "no such entry"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    E2BIG(7, "argument too long"),
    EBADF(9, "not an open descriptor"),
    EAGAIN(11, "would block"),
    ENOMEM(12, "out of kernel memory"),
    EACCES(13, "permission denied"),
    EFAULT(14, "bad address"),
    EBUSY(16, "busy"),
    EEXIST(17, "exists already"),
    ENODEV(19, "no such device"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open descriptors in the system; raise fs.file-max"),
    EMFILE(24, "too many open descriptors in this process; raise its limit (ulimit -n, LimitNOFILE=)"),
    ENOSPC(28, "no space left"),
    EPIPE(32, "the other end is closed"),
    ERANGE(34, "out of range"),
    ENOSYS(38, "not in this kernel"),
    EBADFD(77, "what the descriptor stood for is gone"),
    ENOPROTOOPT(92, "this kernel lacks the option"),
    EPROTONOSUPPORT(93, "this kernel lacks the protocol"),
    EOPNOTSUPP(95, "this kernel does not support the operation"),
    EPFNOSUPPORT(96, "this kernel lacks the protocol family"),
    EAFNOSUPPORT(97, "this kernel lacks the address family"),
    EADDRINUSE(98, "address and port are in use"),
    EADDRNOTAVAIL(99, "not an address of this host"),
    ENETDOWN(100, "the network is down"),
    ENETUNREACH(101, "no route to the network"),
    EMSGSIZE(90, "message too long"),
    ENOBUFS(105, "no buffer space left"),
    ETIMEDOUT(110, "timed out"),
    ECONNREFUSED(111, "nobody listens there"),
    EHOSTDOWN(112, "the host is down"),
    EHOSTUNREACH(113, "no route to the host");

    private static final Map<Integer, Errno> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Errno::number, Function.identity()));

    private final int number;
    private final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** Positive. */
    public int number() {
        return number;
    }

    public static Optional<Errno> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** {@code EPERM: operation not permitted; run as root or give CAP_NET_ADMIN}, or {@code errno 133} if not known. */
    public static String describe(int number) {
        return of(number).map(Errno::toString).orElse("errno " + number);
    }

    @Override
    public String toString() {
        return name() + ": " + words;
    }
}
