package dev.strandline.core.fs.posix;

import java.util.Set;

/**
 * The file systems that the kernel makes up, by the number that {@code fstatfs} gives ({@code linux/magic.h}). Those in
 * memory that hold what users put there (tmpfs, ramfs, devtmpfs) are not among them.
 */
final class PseudoFileSystems {
    private static final Set<Long> MAGIC_NUMBERS = Set.of(
            0x9fa0L, // proc
            0x62656572L, // sysfs
            0x27e0ebL, // cgroup
            0x63677270L, // cgroup2
            0x64626720L, // debugfs
            0x74726163L, // tracefs
            0x73636673L, // securityfs
            0x6165676cL, // pstore
            0xcafe4a11L, // bpf
            0x62656570L, // configfs
            0x1cd1L, // devpts
            0x19800202L, // mqueue
            0x42494e4dL, // binfmt_misc
            0x65735543L, // fusectl
            0xde5e81e4L, // efivarfs
            0xf97cff8cL, // selinuxfs
            0x43415d53L, // smackfs
            0x5a3c69f0L, // apparmorfs
            0x187L, // autofs
            0x6e736673L, // nsfs
            0x67596969L, // rpc_pipefs
            0x6e667364L, // nfsd
            0x7655821L, // resctrl
            0x6c6f6f70L, // binderfs
            0xabba1974L, // xenfs
            0x9fa1L, // openpromfs
            0x9fa2L); // usbfs

    private PseudoFileSystems() {}

    static boolean contains(long magicNumber) {
        return MAGIC_NUMBERS.contains(magicNumber & 0xffffffffL);
    }
}
