package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** A regular file; when it was opened for reading only, the kernel refuses what changes it. */
final class PosixFile extends Inode implements WritableFile {
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int LOCK_EXCLUSIVE = 2;
    private static final int LOCK_WITHOUT_WAITING = 4;

    private final FilePath parent;
    private final FileName name;

    PosixFile(FilePath parent, FileName name, int descriptor) {
        super(descriptor);
        this.parent = parent;
        this.name = name;
    }

    @Override
    boolean isHeldOnly() {
        return false;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws FileOperationException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int descriptor = descriptor();
        var kernel = Kernel.current();
        var buffer = kernel.transfer(length);
        int done = 0;
        while (done < length) {
            long wanted = Math.min(length - done, buffer.byteSize());
            int count = (int)
                    kernel.call(SystemCall.PREAD64, this, descriptor, buffer.address(), wanted, position + done, 0);
            if (count == 0) {
                break;
            }
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, offset + done, count);
            done += count;
        }
        return done;
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws FileOperationException {
        Objects.checkFromIndexSize(offset, length, source.length);
        int descriptor = descriptor();
        var kernel = Kernel.current();
        var buffer = kernel.transfer(length);
        int done = 0;
        while (done < length) {
            int wanted = (int) Math.min(length - done, buffer.byteSize());
            MemorySegment.copy(source, offset + done, buffer, ValueLayout.JAVA_BYTE, 0, wanted);
            int count = (int)
                    kernel.call(SystemCall.PWRITE64, this, descriptor, buffer.address(), wanted, position + done, 0);
            if (count == 0) {
                throw Kernel.failure(SystemCall.PWRITE64, this, Errno.EIO);
            }
            done += count;
        }
    }

    @Override
    public long nextData(long position) throws FileOperationException {
        return seek(position, SEEK_DATA, -1);
    }

    @Override
    public long nextHole(long position) throws FileOperationException {
        return seek(position, SEEK_HOLE, position);
    }

    /** ENXIO says that nothing but the end of the file comes at or after {@code position}. */
    private long seek(long position, int whence, long atEnd) throws FileOperationException {
        long found = Kernel.current().attempt(SystemCall.LSEEK, descriptor(), position, whence, 0, 0);
        if (Kernel.failedWith(found, Errno.ENXIO)) {
            return atEnd;
        }
        if (found < 0) {
            throw Kernel.failure(SystemCall.LSEEK, this, found);
        }
        return found;
    }

    @Override
    public void setSize(long sizeBytes) throws FileOperationException {
        long _ = Kernel.current().call(SystemCall.FTRUNCATE, this, descriptor(), sizeBytes, 0);
    }

    @Override
    public void sync() throws FileOperationException {
        long _ = Kernel.current().call(SystemCall.FSYNC, this, descriptor(), 0, 0);
    }

    @Override
    public boolean tryLock() throws FileOperationException {
        int operation = LOCK_EXCLUSIVE | LOCK_WITHOUT_WAITING;
        long result = Kernel.current().attempt(SystemCall.FLOCK, descriptor(), operation, 0, 0, 0);
        if (Kernel.failedWith(result, Errno.EAGAIN)) {
            return false;
        }
        if (result < 0) {
            throw Kernel.failure(SystemCall.FLOCK, this, result);
        }
        return true;
    }

    @Override
    public String describe() {
        return parent.resolve(name).display();
    }
}
