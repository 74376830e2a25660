# QEMU as the engine of realkernel: a whole machine in software emulation, with Debian's kernel.
# The host's / is a read-only 9p share. x86-64 only.
# shellcheck shell=bash disable=SC2154  # $state, $memory, $writable are realkernel's

qemu_check() {
    need qemu-system-x86_64 qemu-system-x86 && need busybox busybox-static && need cpio cpio &&
        need depmod kmod && need xz xz-utils && need dpkg-deb dpkg && need apt-get apt && qemu_kernel
}

# qemu_kernel: sets $qemu_version and $qemu_tree, where Debian's kernel package is unpacked. It is fetched
# once and nothing of it is installed. The "cloud" kernels would not do, they have no 9p.
qemu_kernel() {
    local cache=${XDG_CACHE_HOME:-$HOME/.cache}/ikebana-realkernel package part
    package=$(qemu_package "linux-image-$kernel-amd64")
    package=${package:-$(qemu_package linux-image-amd64)}
    [ -n "$package" ] || { say "no package linux-image-$kernel-amd64: apt-get update"; return 1; }
    qemu_version=${package#linux-image-}
    qemu_tree=$cache/$package
    [ ! -d "$qemu_tree" ] || return 0
    say "fetching $package, once, to $cache"
    part=$(mkdir -p "$cache" && mktemp -d "$cache/part.XXXXXX") || return 1
    if (cd "$part" && apt-get -qq -o APT::Sandbox::User=root download "$package") &&
        dpkg-deb --fsys-tarfile "$part/"*.deb | tar -x -C "$part" --exclude='*/drivers/gpu' --exclude='*/drivers/media' --exclude='*/sound' &&
        rm "$part/"*.deb && depmod -b "$part" "$qemu_version" && mv -T "$part" "$qemu_tree"; then
        return 0
    fi
    rm -rf "$part"
    say "$package could not be fetched and unpacked"
    return 1
}

qemu_package() { apt-cache depends "$1" 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -1; }

qemu_boot() {
    local folder shares=() n=0 ownership=none
    [ "$(id -u)" != 0 ] || ownership=passthrough
    qemu_initramfs || { say "no initial file system for $qemu_version"; return 1; }
    qemu_share() { # qemu_share TAG OPTIONS
        shares+=(-fsdev "local,id=$1,multidevs=remap,$2" -device "virtio-9p-pci,fsdev=$1,mount_tag=$1")
    }
    qemu_share host "path=/,readonly=on,security_model=none"
    qemu_share share "path=$state/share,security_model=$ownership"
    for folder in "${writable[@]}"; do
        qemu_share "rw$n" "path=$folder,security_model=$ownership"
        n=$((n + 1))
    done
    : >"$state/console"
    open_streams
    run_guest qemu-system-x86_64 -nodefaults -no-user-config -nographic -no-reboot -machine q35 \
        -accel tcg,thread=multi -cpu max,la57=off -smp 2 -m "$memory" -device virtio-rng-pci "${shares[@]}" \
        -kernel "$qemu_tree/boot/vmlinuz-$qemu_version" -initrd "$state/initramfs.cpio" \
        -append "console=ttyS0 panic=-1 loglevel=5 mitigations=off tsc=reliable no_timer_check nokaslr audit=0 \
REALKERNEL=qemu RK_MODULES=$qemu_tree/lib/modules/$qemu_version RK_OUT=/dev/realkernel-out RK_ERR=/dev/realkernel-err" \
        -serial "file:$state/console" -device virtio-serial-pci \
        -chardev "file,id=out,path=$state/out" -device virtserialport,chardev=out,name=realkernel-out \
        -chardev "file,id=err,path=$state/err" -device virtserialport,chardev=err,name=realkernel-err \
        </dev/null >>"$state/console" 2>&1
}

# What the kernel needs to reach the host's file system: a static busybox and the drivers, in the order
# in which they must be loaded.
qemu_initramfs() {
    local tree=$state/initramfs driver file
    mkdir -p "$tree"/{bin,modules,proc,sys,dev,lower,upper,root}
    cp "$(command -v busybox)" "$tree/bin/busybox"
    cp "$RIG/guest/init-qemu" "$tree/init"
    for driver in virtio_pci 9pnet_virtio 9p overlay virtio_console virtio_rng; do
        modprobe -C /dev/null -d "$qemu_tree" -S "$qemu_version" --show-depends "$driver" 2>/dev/null
    done | awk '$1 == "insmod" && !seen[$2]++' | while read -r _ file _; do
        case $file in
            *.xz) xz -dc "$file" >"$tree/modules/$(basename "$file" .xz)" ;;
            *) cp "$file" "$tree/modules/" ;;
        esac
        basename "$file" .xz >>"$tree/modules/order"
    done
    [ -e "$tree/modules/9pnet_virtio.ko" ] || return 1
    (cd "$tree" && find . | cpio -o -H newc --quiet) >"$state/initramfs.cpio"
}
