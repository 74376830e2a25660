# User Mode Linux as the engine of realkernel: the kernel runs as an ordinary process.
# shellcheck shell=bash disable=SC2154,SC2016  # $state, $memory, $RIG are realkernel's; $1 the inner shell's

uml_modules() { find /usr/lib/uml/modules -mindepth 1 -maxdepth 1 2>/dev/null | sort -V | tail -1; }

uml_check() {
    need linux.uml user-mode-linux && need insmod kmod || return 1
    [ -n "$(uml_modules)" ] || { say "no modules: apt-get install --reinstall user-mode-linux"; return 1; }
    ! uml_needs_shim || need cc "gcc libc6-dev"
}

# On a CPU with AMX the kernel cannot start a process without the shim; elsewhere it only saves time.
uml_needs_shim() { grep -qw amx_tile /proc/cpuinfo; }

uml_boot() {
    local shim='' memory_folder=$state
    if cc -O2 -shared -fPIC -o "$state/shim.so" "$RIG/ptrace-xstate.c" >"$state/console" 2>&1; then
        shim=$state/shim.so
    elif uml_needs_shim; then
        say "the compiler failed on ptrace-xstate.c"; show_console
        return 1
    fi
    ! uml_fits /dev/shm || memory_folder=/dev/shm # the guest's memory is a file there
    ulimit -c 0                                   # a kernel panic is an abort()
    open_streams
    # Descriptors: 3 and 4 become the guest's tty1 and tty2, 5 its console. What the kernel does not
    # know on its command line is the environment of its first process.
    run_guest env -i PATH="$PATH" HOME="$state" TMPDIR="$memory_folder" ${shim:+LD_PRELOAD="$shim"} \
        bash -c 'exec 3>"$1/out" 4>"$1/err" 5>>"$1/console" </dev/null >&5 2>&5; shift; exec "$@"' - "$state" \
        linux.uml mem="$memory" umid=guest uml_dir="$state/uml" root=/dev/root rootfstype=hostfs rootflags=/ ro \
        init="$state/share/init-uml" con=null ssl=null con0=null,fd:5 con1=null,fd:3 con2=null,fd:4 \
        selinux=0 apparmor=0 panic=-1 loglevel=5 \
        REALKERNEL=uml RK_SHARE="$state/share" RK_MODULES="$(uml_modules)" RK_OUT=/dev/tty1 RK_ERR=/dev/tty2
}

uml_fits() { # uml_fits FOLDER: writable, with room for the whole memory of the guest
    local unit=1048576
    [[ $memory != *M ]] || unit=1024
    [ -w "$1" ] && [ "$(df -Pk "$1" | awk 'NR == 2 { print $4 }')" -gt $((${memory%?} * unit)) ]
}
