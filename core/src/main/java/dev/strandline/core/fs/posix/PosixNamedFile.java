package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.NamedFile;
import dev.strandline.core.path.FilePath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.Optional;

/** What a path leads to, opened for reading forwards or only held. */
final class PosixNamedFile extends Inode implements NamedFile {
    private final FilePath path;

    PosixNamedFile(FilePath path, int descriptor) {
        super(descriptor);
        this.path = path;
    }

    @Override
    boolean isHeldOnly() {
        return false;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws FileOperationException {
        Objects.checkFromIndexSize(offset, length, target.length);
        var kernel = Kernel.current();
        var buffer = kernel.transfer(length);
        long wanted = Math.min(length, buffer.byteSize());
        int count = (int) kernel.call(SystemCall.READ, this, descriptor(), buffer.address(), wanted);
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, offset, count);
        return count;
    }

    /** Of a symbolic link that is held; empty of anything else, to which the kernel answers ENOENT. */
    Optional<FilePath> linkTarget() throws FileOperationException {
        var kernel = Kernel.current();
        var target = kernel.records();
        long length = kernel.attempt(
                SystemCall.READLINKAT, descriptor(), kernel.emptyText(), target.address(), target.byteSize(), 0);
        if (Kernel.failedWith(length, Errno.ENOENT) || Kernel.failedWith(length, Errno.EINVAL)) {
            return Optional.empty();
        }
        if (length < 0) {
            throw Kernel.failure(SystemCall.READLINKAT, this, length);
        }
        return Optional.of(FilePath.of(target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
    }

    @Override
    public String describe() {
        return path.display();
    }
}
