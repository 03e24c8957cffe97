package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.EntryHandle;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.lang.foreign.ValueLayout;

/** An entry held with O_PATH. Its mode, times and attributes are reached through /proc, which must be mounted. */
final class PosixEntry extends Inode implements EntryHandle {
    private final FilePath parent;
    private final FileName name;

    PosixEntry(FilePath parent, FileName name, int descriptor) {
        super(descriptor);
        this.parent = parent;
        this.name = name;
    }

    @Override
    boolean isHeldOnly() {
        return true;
    }

    @Override
    public byte[] readLink() throws FileOperationException {
        var kernel = Kernel.current();
        var target = kernel.records();
        long length = kernel.attempt(
                SystemCall.READLINKAT, descriptor(), kernel.emptyText(), target.address(), target.byteSize(), 0);
        if (Kernel.failedWith(length, Errno.ENOENT)) {
            // So it answers to an empty path that leads to anything but a symbolic link.
            throw Kernel.failure(SystemCall.READLINKAT, this, Errno.EINVAL);
        }
        if (length < 0) {
            throw Kernel.failure(SystemCall.READLINKAT, this, length);
        }
        return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public String describe() {
        return parent.resolve(name).display();
    }
}
