package dev.strandline.core.fs.posix;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.Xattr;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The two families of system calls for extended attributes, which differ in their first argument only: a descriptor, or
 * the address of a path for descriptors that the former refuse (O_PATH). Of the {@code system} attributes only POSIX ACLs
 * count; the others (NFSv4 ACLs, CIFS, …) are views of what a server holds and can't be set on another file system.
 */
enum AttributeCalls {
    BY_DESCRIPTOR(SystemCall.FLISTXATTR, SystemCall.FGETXATTR, SystemCall.FSETXATTR, SystemCall.FREMOVEXATTR),
    BY_PATH(SystemCall.LISTXATTR, SystemCall.GETXATTR, SystemCall.SETXATTR, SystemCall.REMOVEXATTR);

    /** First try: the kernel allocates and clears a buffer of the size asked for, 64 KiB cost microseconds a file. */
    private static final int USUAL_LENGTH = 1024;

    /** XATTR_SIZE_MAX and XATTR_LIST_MAX: no value and no list of names is longer. */
    private static final int MAX_LENGTH = Kernel.RECORDS_LENGTH;

    /** XATTR_NAME_MAX. */
    private static final int MAX_NAME_LENGTH = 255;

    private static final byte[] SYSTEM = "system.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POSIX_ACL = "system.posix_acl_".getBytes(StandardCharsets.US_ASCII);

    private final SystemCall list;
    private final SystemCall get;
    private final SystemCall set;
    private final SystemCall remove;

    AttributeCalls(SystemCall list, SystemCall get, SystemCall set, SystemCall remove) {
        this.list = list;
        this.get = get;
        this.set = set;
        this.remove = remove;
    }

    /** All attributes of {@code target} that can be set again, ordered by name. */
    List<Xattr> read(Kernel kernel, Subject subject, long target) throws FileOperationException {
        var names = names(kernel, subject, target);
        if (names.isEmpty()) {
            return List.of();
        }
        var attributes = new ArrayList<Xattr>(names.size());
        for (byte[] name : names) {
            long length = value(kernel, target, kernel.text(name, get, subject));
            if (Kernel.failedWith(length, Errno.ENODATA)) {
                continue; // removed since it was listed
            }
            if (length < 0) {
                throw Kernel.failure(get, subject, length);
            }
            attributes.add(new Xattr(name, copy(kernel.records(), 0, (int) length)));
        }
        Collections.sort(attributes);
        return attributes;
    }

    private List<byte[]> names(Kernel kernel, Subject subject, long target) throws FileOperationException {
        var records = kernel.records();
        long length = kernel.attempt(list, target, records.address(), USUAL_LENGTH, 0, 0);
        if (Kernel.failedWith(length, Errno.ERANGE)) {
            length = kernel.attempt(list, target, records.address(), MAX_LENGTH, 0, 0);
        }
        if (length == 0 || Kernel.failedWith(length, Errno.EOPNOTSUPP)) {
            return List.of();
        }
        if (length < 0) {
            throw Kernel.failure(list, subject, length);
        }
        var names = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (records.get(ValueLayout.JAVA_BYTE, i) == 0) {
                byte[] name = copy(records, start, i - start);
                if (!startsWith(name, SYSTEM) || startsWith(name, POSIX_ACL)) {
                    names.add(name);
                }
                start = i + 1;
            }
        }
        return names;
    }

    private long value(Kernel kernel, long target, long nameAddress) {
        long records = kernel.records().address();
        long length = kernel.attempt(get, target, nameAddress, records, USUAL_LENGTH, 0);
        return Kernel.failedWith(length, Errno.ERANGE)
                ? kernel.attempt(get, target, nameAddress, records, MAX_LENGTH, 0)
                : length;
    }

    void set(Kernel kernel, Subject subject, long target, Xattr xattr) throws FileOperationException {
        byte[] value = xattr.value();
        if (value.length > MAX_LENGTH) {
            throw Kernel.failure(set, subject, Errno.ERANGE);
        }
        MemorySegment.copy(value, 0, kernel.records(), ValueLayout.JAVA_BYTE, 0, value.length);
        long nameAddress = nameAddress(kernel, set, subject, xattr.name());
        long _ = kernel.call(set, subject, target, nameAddress, kernel.records().address(), value.length, 0);
    }

    void remove(Kernel kernel, Subject subject, long target, byte[] name) throws FileOperationException {
        long result = kernel.attempt(remove, target, nameAddress(kernel, remove, subject, name), 0, 0, 0);
        if (result < 0 && !Kernel.failedWith(result, Errno.ENODATA)) {
            throw Kernel.failure(remove, subject, result);
        }
    }

    private static long nameAddress(Kernel kernel, SystemCall call, Subject subject, byte[] name)
            throws FileOperationException {
        if (name.length > MAX_NAME_LENGTH) {
            throw Kernel.failure(call, subject, Errno.ERANGE);
        }
        return kernel.text(name, call, subject);
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] copy(MemorySegment source, int offset, int length) {
        var bytes = new byte[length];
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        return bytes;
    }
}
