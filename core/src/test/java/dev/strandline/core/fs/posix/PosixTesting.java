package dev.strandline.core.fs.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package assert again and again. */
final class PosixTesting {
    private PosixTesting() {}

    static AbstractThrowableAssert<?, ?> assertFails(Errno errno, ThrowingCallable operation) {
        return assertThatThrownBy(operation)
                .isInstanceOfSatisfying(
                        FileOperationException.class, e -> assertThat(e.errno()).isEqualTo(errno));
    }

    /** Does what only root may do; for others sees to it that it is refused. Answers whether it was done. */
    static boolean onlyForRoot(ThrowingCallable operation) {
        if (PosixFileSystem.open().effectiveUserId() == 0) {
            assertThatCode(operation).doesNotThrowAnyException();
            return true;
        }
        assertFails(Errno.EPERM, operation);
        return false;
    }
}
