package dev.strandline.core.fs.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.path.FilePath;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessImageTest {
    @Test
    void replace_programThatIsNotThere_goesOn() {
        assertThatThrownBy(() ->
                        ProcessImage.replace(FilePath.of("/nowhere/program"), List.of(new byte[] {'p'}), List.of()))
                .isInstanceOfSatisfying(
                        FileOperationException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("/nowhere/program");
    }
}
