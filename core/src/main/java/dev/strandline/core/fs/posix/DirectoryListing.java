package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FileName;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The system call {@code getdents64}: records of inode, position, record length, type and a name that ends with NUL. */
final class DirectoryListing {
    private static final int RECORD_LENGTH = 16;
    private static final int NAME = 19;
    private static final int SEEK_SET = 0;

    private DirectoryListing() {}

    /**
     * All names in the directory; it moves the descriptor's position, so one thread at a time.
     *
     * @param again whether it has moved it before
     */
    static List<FileName> read(Kernel kernel, Subject subject, int descriptor, boolean again)
            throws FileOperationException {
        var records = kernel.records();
        var names = new ArrayList<FileName>();
        if (again) {
            long _ = kernel.call(SystemCall.LSEEK, subject, descriptor, 0, SEEK_SET);
        }
        while (true) {
            long filled =
                    kernel.call(SystemCall.GETDENTS64, subject, descriptor, records.address(), records.byteSize());
            if (filled == 0) {
                return names;
            }
            // What goes byte by byte is several times as fast in an array where code is compiled quickly or not at all.
            byte[] bytes = records.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
            for (int record = 0; record < bytes.length; ) {
                addName(names, bytes, record + NAME, subject);
                record += Short.toUnsignedInt(records.get(ValueLayout.JAVA_SHORT, record + RECORD_LENGTH));
            }
        }
    }

    private static void addName(List<FileName> names, byte[] records, int start, Subject subject)
            throws FileOperationException {
        int end = start;
        while (records[end] != 0) {
            end++;
        }
        int length = end - start;
        if (isDots(records, start, length)) {
            return;
        }
        if (length == 0 || length > FileName.MAX_LENGTH) {
            // Some file systems count a name in characters, and so hold names longer than any other can take.
            throw Kernel.failure(SystemCall.GETDENTS64, subject, length == 0 ? Errno.EIO : Errno.ENAMETOOLONG);
        }
        names.add(FileName.of(Arrays.copyOfRange(records, start, end)));
    }

    private static boolean isDots(byte[] records, int start, int length) {
        return (length == 1 || length == 2) && records[start] == '.' && records[start + length - 1] == '.';
    }
}
