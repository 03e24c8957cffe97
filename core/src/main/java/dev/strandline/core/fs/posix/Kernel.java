package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FileName;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way into the kernel: the native function {@code syscall} and the native memory its arguments point to.
 * Allocated once a thread, so that a call leaves no garbage; what a call has put into the memory holds until the same
 * thread's next call. Pointers are passed as addresses: that the memory outlives the call is sure because the thread
 * holds its {@code Kernel}.
 */
final class Kernel {
    /** {@code PATH_MAX}: the longest path or link target that a call takes, its NUL included. */
    static final int PATH_LENGTH_LIMIT = 4096;

    /** Room for directory entries, for attribute lists and for one attribute value; the latter two end at 64 KiB. */
    static final int RECORDS_LENGTH = 64 * 1024;

    /** More in one read or write gains nothing measurable and would cost each thread the memory. */
    private static final int MAX_TRANSFER_LENGTH = 256 * 1024;

    private static final int MIN_TRANSFER_LENGTH = 64 * 1024;

    private static final int STATX_LENGTH = 256;
    private static final int DESCRIPTOR_PATH_LENGTH = 32;

    private static final Architecture ARCHITECTURE = Architecture.current();
    private static final MemorySegment SYSCALL_ADDRESS =
            Linker.nativeLinker().defaultLookup().findOrThrow("syscall");
    private static final MethodHandle SYSCALL = linkSyscall();
    private static final long ERRNO_OFFSET = errnoOffset();
    private static final ThreadLocal<Kernel> OF_THREAD = ThreadLocal.withInitial(Kernel::new);

    /** Most often one thread makes many calls one after another. A guess: threads may see any of those that were set. */
    private static @Nullable Kernel latest;

    private final MemorySegment callState =
            allocate(Linker.Option.captureStateLayout().byteSize());
    private final MemorySegment firstText = allocate(PATH_LENGTH_LIMIT);
    private final MemorySegment secondText = allocate(PATH_LENGTH_LIMIT);
    private final MemorySegment descriptorPath = allocate(DESCRIPTOR_PATH_LENGTH);
    private final MemorySegment emptyText = allocate(Long.BYTES);
    private final MemorySegment structure = allocate(STATX_LENGTH);
    private final MemorySegment records = allocate(RECORDS_LENGTH);
    private final byte[] nameBytes = new byte[FileName.MAX_LENGTH + 1];
    private final long[] structureWords = new long[STATX_LENGTH / Long.BYTES];
    private final Thread owner = Thread.currentThread();
    private MemorySegment transfer = MemorySegment.NULL;

    private Kernel() {}

    /** That of the calling thread; not to be kept or handed on. */
    static Kernel current() {
        var kernel = latest;
        if (kernel == null || kernel.owner != Thread.currentThread()) {
            kernel = OF_THREAD.get();
            latest = kernel;
        }
        return kernel;
    }

    /** Of whatever has this signature: a handle that is bound to the address takes longer to make. */
    @SuppressWarnings("restricted") // the one native function of Strandline
    private static MethodHandle linkSyscall() {
        var number = ValueLayout.JAVA_LONG;
        var argument = ValueLayout.JAVA_LONG;
        var signature = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, number, argument, argument, argument, argument, argument, argument);
        return Linker.nativeLinker()
                .downcallHandle(signature, Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));
    }

    /** Java would first prepare for all paths that a layout can have, in every run. */
    private static long errnoOffset() {
        long offset = 0;
        for (var member : Linker.Option.captureStateLayout().memberLayouts()) {
            if (member.name().equals(Optional.of("errno"))) {
                return offset;
            }
            offset += member.byteSize();
        }
        throw new IllegalStateException("Java keeps no errno here");
    }

    private static MemorySegment allocate(long length) {
        return Arena.ofAuto().allocate(length, Long.BYTES);
    }

    /**
     * Makes a system call.
     *
     * @throws FileOperationException when it fails, whatever the reason
     */
    long call(SystemCall call, Subject subject, long a, long b, long c, long d, long e) throws FileOperationException {
        long result = attempt(call, a, b, c, d, e);
        if (result < 0) {
            throw failure(call, subject, result);
        }
        return result;
    }

    long call(SystemCall call, Subject subject, long a, long b, long c) throws FileOperationException {
        return call(call, subject, a, b, c, 0, 0);
    }

    /** Makes a system call that may fail: the answer is what it returns, or its negative errno. */
    long attempt(SystemCall call, long a, long b, long c, long d, long e) {
        long result;
        do {
            result = invoke(call, a, b, c, d, e);
            // One EINTR takes one signal, so this ends.
        } while (failedWith(result, Errno.EINTR));
        return result;
    }

    /** Gives a descriptor back. Never tried twice: after EINTR the number may already belong to another thread. */
    void close(int descriptor) {
        long _ = invoke(SystemCall.CLOSE, descriptor, 0, 0, 0, 0);
    }

    private long invoke(SystemCall call, long a, long b, long c, long d, long e) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(
                    SYSCALL_ADDRESS, callState, (long) call.number(ARCHITECTURE), a, b, c, d, e, 0L);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native call threw", impossible);
        }
        return result == -1 ? -callState.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    }

    static boolean failedWith(long result, Errno errno) {
        return result == -errno.number();
    }

    static FileOperationException failure(SystemCall call, Subject subject, long result) {
        return new FileOperationException(call.text(), subject.describe(), (int) -result);
    }

    static FileOperationException failure(SystemCall call, Subject subject, Errno errno) {
        return new FileOperationException(call.text(), subject.describe(), errno.number());
    }

    /** The address of {@code name} with a NUL, until the next {@code name} or {@code text}. */
    long name(FileName name) {
        return name(firstText, name);
    }

    /** As {@link #name}, for a call's second name. */
    long secondName(FileName name) {
        return name(secondText, name);
    }

    private long name(MemorySegment target, FileName name) {
        int length = name.length();
        name.copyTo(nameBytes, 0);
        nameBytes[length] = 0;
        MemorySegment.copy(nameBytes, 0, target, ValueLayout.JAVA_BYTE, 0, length + 1);
        return target.address();
    }

    /**
     * The address of {@code bytes} with a NUL, until the next {@code name} or {@code text}.
     *
     * @throws FileOperationException when they contain NUL, where the kernel would stop reading, or are too long for
     *     {@code call}
     */
    long text(byte[] bytes, SystemCall call, Subject subject) throws FileOperationException {
        return text(firstText, bytes, call, subject);
    }

    /** As {@link #text}, for a call's second text. */
    long secondText(byte[] bytes, SystemCall call, Subject subject) throws FileOperationException {
        return text(secondText, bytes, call, subject);
    }

    private static long text(MemorySegment target, byte[] bytes, SystemCall call, Subject subject)
            throws FileOperationException {
        if (bytes.length >= PATH_LENGTH_LIMIT) {
            throw failure(call, subject, Errno.ENAMETOOLONG);
        }
        for (byte b : bytes) {
            if (b == 0) {
                throw failure(call, subject, Errno.EINVAL);
            }
        }
        MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, bytes.length);
        target.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        return target.address();
    }

    /** The address of an empty text, which with AT_EMPTY_PATH stands for the descriptor itself. */
    long emptyText() {
        return emptyText.address();
    }

    /** The address of the path {@code /proc/self/fd/N}, which leads to the very inode, also to a symbolic link. */
    long descriptorPath(int descriptor) {
        descriptorPath.setString(0, "/proc/self/fd/" + descriptor);
        return descriptorPath.address();
    }

    /** Memory for one small structure such as {@code struct statx}. */
    MemorySegment structure() {
        return structure;
    }

    /**
     * The first {@code count} times eight bytes of {@link #structure} in an array of this thread's, which is several times as
     * fast to read where code is compiled quickly or not at all.
     */
    long[] structureWords(int count) {
        MemorySegment.copy(structure, ValueLayout.JAVA_LONG, 0, structureWords, 0, count);
        return structureWords;
    }

    /** Memory of {@link #RECORDS_LENGTH} bytes. */
    MemorySegment records() {
        return records;
    }

    /** Memory for file content: {@code length} bytes, or as many as one transfer may have. */
    MemorySegment transfer(int length) {
        int wanted = Math.min(length, MAX_TRANSFER_LENGTH);
        if (transfer.byteSize() < wanted) {
            transfer = allocate(wanted <= MIN_TRANSFER_LENGTH ? MIN_TRANSFER_LENGTH : MAX_TRANSFER_LENGTH);
        }
        return transfer;
    }
}
