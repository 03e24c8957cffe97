package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.Xattr;
import java.io.Closeable;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * What the three kinds of handles share: a descriptor with an end, and the metadata of the inode it leads to. A handle
 * that is used after its end throws instead of touching whatever got the number since.
 */
abstract class Inode implements AttributeTarget, Subject, Closeable {
    private static final int CLOSED = -1;
    private static final int AT_FDCWD = -100;

    /** {@code tv_nsec} that leaves a time as it is. */
    private static final long UTIME_OMIT = 0x3ffffffe;

    private static final int TIMESPEC_LENGTH = 16;

    private volatile int descriptor;

    Inode(int descriptor) {
        this.descriptor = descriptor;
    }

    final int descriptor() {
        int open = descriptor;
        if (open == CLOSED) {
            throw new IllegalStateException("used after close: " + describe());
        }
        return open;
    }

    /** Whether the descriptor only holds the inode (O_PATH), so that it is reached by its path below /proc. */
    abstract boolean isHeldOnly();

    private AttributeCalls attributeCalls() {
        return isHeldOnly() ? AttributeCalls.BY_PATH : AttributeCalls.BY_DESCRIPTOR;
    }

    private long attributeTarget(Kernel kernel) {
        return isHeldOnly() ? kernel.descriptorPath(descriptor()) : descriptor();
    }

    @Override
    public final FileStatus status() throws FileOperationException {
        var kernel = Kernel.current();
        return StatxReader.status(kernel, this, descriptor(), kernel.emptyText(), StatxReader.AT_EMPTY_PATH);
    }

    @Override
    public final List<Xattr> xattrs() throws FileOperationException {
        var kernel = Kernel.current();
        return attributeCalls().read(kernel, this, attributeTarget(kernel));
    }

    @Override
    public final void setXattr(Xattr xattr) throws FileOperationException {
        var kernel = Kernel.current();
        attributeCalls().set(kernel, this, attributeTarget(kernel), xattr);
    }

    @Override
    public final void removeXattr(byte[] name) throws FileOperationException {
        var kernel = Kernel.current();
        attributeCalls().remove(kernel, this, attributeTarget(kernel), name);
    }

    @Override
    public final void setOwner(int uid, int gid) throws FileOperationException {
        var kernel = Kernel.current();
        long _ = kernel.call(
                SystemCall.FCHOWNAT, this, descriptor(), kernel.emptyText(), uid, gid, StatxReader.AT_EMPTY_PATH);
    }

    @Override
    public final void setMode(int mode) throws FileOperationException {
        var kernel = Kernel.current();
        long _ = isHeldOnly()
                ? kernel.call(SystemCall.FCHMODAT, this, AT_FDCWD, kernel.descriptorPath(descriptor()), mode)
                : kernel.call(SystemCall.FCHMOD, this, descriptor(), mode, 0);
    }

    @Override
    public final void setModified(FileTime time) throws FileOperationException {
        var kernel = Kernel.current();
        var times = kernel.structure();
        times.set(ValueLayout.JAVA_LONG, 0, 0);
        times.set(ValueLayout.JAVA_LONG, Long.BYTES, UTIME_OMIT);
        times.set(ValueLayout.JAVA_LONG, TIMESPEC_LENGTH, time.seconds());
        times.set(ValueLayout.JAVA_LONG, TIMESPEC_LENGTH + Long.BYTES, time.nanos());
        long _ = isHeldOnly()
                ? kernel.call(
                        SystemCall.UTIMENSAT, this, AT_FDCWD, kernel.descriptorPath(descriptor()), times.address())
                : kernel.call(SystemCall.UTIMENSAT, this, descriptor(), 0, times.address());
    }

    @Override
    public final synchronized void close() {
        if (descriptor != CLOSED) {
            int open = descriptor;
            descriptor = CLOSED;
            Kernel.current().close(open);
        }
    }
}
