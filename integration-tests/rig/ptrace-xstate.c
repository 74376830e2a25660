/* Preloaded into User Mode Linux (6.1), wraps ptrace(2).
 *
 * That kernel keeps the floating-point state of a guest process in a buffer of 2696 octets and
 * gives PTRACE_SETREGSET(NT_X86_XSTATE) just so much. The host wants the whole XSAVE area, which is
 * 11008 octets on a CPU with AMX, and answers EFAULT. So the state is padded here with zeroes: the
 * bitmap of components in the header stays the caller's, and what it leaves out is taken to be in
 * its initial state.
 *
 * Also, state that was just read and is written back unchanged is not written: a fifth of the time
 * of a system call in the guest. What is remembered is void as soon as the process may have run.
 *
 * Guest processes do not inherit the preload, and linux.uml traces from one thread. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NT_X86_XSTATE = 0x202, MAX_XSTATE = 65536 };

static unsigned char remembered[MAX_XSTATE];
static size_t remembered_len;
static long remembered_pid; /* 0: nothing is remembered */

static unsigned char padded[MAX_XSTATE];
static size_t full_len; /* of the XSAVE area of this CPU; 0: not yet known */

static long forward(long request, long pid, void *addr, void *data)
{
    return syscall(SYS_ptrace, request, pid, addr, data);
}

static long get_state(long pid, void *addr, struct iovec *state)
{
    long result = forward(PTRACE_GETREGSET, pid, addr, state);

    remembered_pid = 0;
    if (result >= 0 && state->iov_len <= sizeof remembered) {
        memcpy(remembered, state->iov_base, state->iov_len);
        remembered_len = state->iov_len;
        remembered_pid = pid;
    }
    return result;
}

static int learn_full_len(long pid, void *addr)
{
    struct iovec whole = { padded, sizeof padded };

    if (forward(PTRACE_GETREGSET, pid, addr, &whole) < 0)
        return -1;
    memset(padded, 0, sizeof padded);
    full_len = whole.iov_len;
    return 0;
}

static long set_state(long pid, void *addr, struct iovec *state)
{
    struct iovec whole = { padded, 0 };

    if (pid == remembered_pid && state->iov_len >= remembered_len
            && memcmp(remembered, state->iov_base, remembered_len) == 0)
        return 0;
    remembered_pid = 0;
    if (full_len == 0 && learn_full_len(pid, addr) < 0)
        return -1;
    if (state->iov_len >= full_len)
        return forward(PTRACE_SETREGSET, pid, addr, state);
    memcpy(padded, state->iov_base, state->iov_len);
    whole.iov_len = full_len;
    return forward(PTRACE_SETREGSET, pid, addr, &whole);
}

/* The kernel returns what it peeked through a pointer, the C library as the function's value. */
static long peek(long request, long pid, void *addr)
{
    long word, result = forward(request, pid, addr, &word);

    if (result < 0)
        return result;
    errno = 0;
    return word;
}

long ptrace(enum __ptrace_request request, ...)
{
    va_list arguments;
    long pid;
    void *addr, *data;

    va_start(arguments, request);
    pid = va_arg(arguments, int);
    addr = va_arg(arguments, void *);
    data = va_arg(arguments, void *);
    va_end(arguments);

    switch (request) {
    case PTRACE_PEEKTEXT:
    case PTRACE_PEEKDATA:
    case PTRACE_PEEKUSER:
        return peek(request, pid, addr);
    case PTRACE_GETREGSET:
        if (addr == (void *)NT_X86_XSTATE)
            return get_state(pid, addr, data);
        break;
    case PTRACE_SETREGSET:
        if (addr == (void *)NT_X86_XSTATE)
            return set_state(pid, addr, data);
        break;
    case PTRACE_GETREGS:
    case PTRACE_SETREGS:
        break;
    default:
        remembered_pid = 0;
    }
    return forward(request, pid, addr, data);
}
