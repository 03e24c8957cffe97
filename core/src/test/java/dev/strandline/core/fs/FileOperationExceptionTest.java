package dev.strandline.core.fs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileOperationExceptionTest {
    @Test
    void message_namesSubjectReasonAndCall() {
        assertThat(new FileOperationException("openat", "a/b", 13)).hasMessage("a/b: permission denied (openat)");
        assertThat(new FileOperationException("openat", "a/b", 4_000)).hasMessage("a/b: error 4000 (openat)");
    }

    @Test
    void isOutOfSpace_fullDiskAndQuota_areTheSame() {
        assertThat(new FileOperationException("write", "f", 28).isOutOfSpace()).isTrue();
        assertThat(new FileOperationException("write", "f", 122).isOutOfSpace()).isTrue();
        assertThat(new FileOperationException("write", "f", 5).isOutOfSpace()).isFalse();
    }
}
