package dev.strandline.core.fs.posix;

import static dev.strandline.core.fs.posix.PosixTesting.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosixFileTest {
    private static final FileName NAME = FileName.of("file");
    private static final int BLOCK = 64 * 1024;

    private TemporaryTree temporary;
    private WritableFile file;

    @BeforeEach
    void createFile() throws IOException {
        temporary = TemporaryTree.create();
        file = temporary.directory().createFile(NAME);
    }

    @AfterEach
    void removeTree() throws IOException {
        file.close();
        temporary.close();
    }

    private static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void read_moreThanOneTransfer_comesBackWhole() throws IOException {
        byte[] content = randomBytes(3_333_333);
        file.write(0, content, 0, content.length);
        var read = new byte[content.length];
        assertThat(file.read(0, read, 0, read.length)).isEqualTo(content.length);
        assertThat(read).isEqualTo(content);
    }

    @Test
    void read_atOffsets_touchesNothingElse() throws IOException {
        file.write(10, new byte[] {9, 1, 2, 3, 9}, 1, 3);
        byte[] target = {7, 7, 7, 7, 7};
        assertThat(file.read(10, target, 1, 3)).isEqualTo(3);
        assertThat(target).containsExactly(7, 1, 2, 3, 7);
    }

    @Test
    void read_acrossTheEnd_isShort() throws IOException {
        file.write(0, new byte[100], 0, 100);
        assertThat(file.read(90, new byte[50], 0, 50)).isEqualTo(10);
        assertThat(file.read(100, new byte[50], 0, 50)).isZero();
        assertThat(file.read(1_000, new byte[50], 0, 50)).isZero();
        assertThat(file.read(0, new byte[0], 0, 0)).isZero();
    }

    @Test
    void read_outsideTheArray_isRefused() {
        assertThatThrownBy(() -> file.read(0, new byte[10], 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.write(0, new byte[10], -1, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void read_negativePosition_isInvalid() {
        assertFails(Errno.EINVAL, () -> file.read(-1, new byte[1], 0, 1))
                .hasMessage(temporary.path() + "/file: invalid argument (pread64)");
    }

    @Test
    void openFile_isForReadingOnly() throws IOException {
        try (var readable = temporary.directory().openFile(NAME)) {
            assertThat(readable).isInstanceOf(WritableFile.class);
            var writable = (WritableFile) readable;
            assertFails(Errno.EBADF, () -> writable.write(0, new byte[1], 0, 1));
            assertFails(Errno.EINVAL, () -> writable.setSize(1));
        }
    }

    @Test
    void openWritable_keepsWhatIsThere() throws IOException {
        file.write(0, new byte[] {1, 2, 3}, 0, 3);
        try (var again = temporary.directory().openWritable(NAME)) {
            again.write(1, new byte[] {9}, 0, 1);
        }
        var content = new byte[10];
        assertThat(file.read(0, content, 0, 10)).isEqualTo(3);
        assertThat(content).startsWith(1, 9, 3);
    }

    @Test
    void setSize_cutsAndExtends() throws IOException {
        file.write(0, randomBytes(BLOCK), 0, BLOCK);
        file.setSize(10);
        assertThat(file.status().sizeBytes()).isEqualTo(10);
        file.setSize(1L << 40);
        assertThat(file.status().sizeBytes()).isEqualTo(1L << 40);
        assertThat(file.status().allocatedBytes()).isBetween(10L, 2L * BLOCK);
        assertThat(file.nextData(BLOCK)).isEqualTo(-1);
        assertFails(Errno.EINVAL, () -> file.setSize(-1));
    }

    @Test
    void nextDataAndNextHole_walkOverIslands() throws IOException {
        file.setSize(16L * BLOCK);
        file.write(4 * BLOCK, randomBytes(BLOCK), 0, BLOCK);
        file.write(9 * BLOCK, randomBytes(2 * BLOCK), 0, 2 * BLOCK);
        assertThat(file.nextHole(0)).isZero();
        assertThat(file.nextData(0)).isEqualTo(4 * BLOCK);
        assertThat(file.nextHole(4 * BLOCK)).isEqualTo(5 * BLOCK);
        assertThat(file.nextData(5 * BLOCK)).isEqualTo(9 * BLOCK);
        assertThat(file.nextData(10 * BLOCK)).isEqualTo(10 * BLOCK);
        assertThat(file.nextHole(9 * BLOCK)).isEqualTo(11 * BLOCK);
        assertThat(file.nextData(11 * BLOCK)).isEqualTo(-1);
        var island = new byte[2 * BLOCK];
        assertThat(file.read(8 * BLOCK, island, 0, island.length)).isEqualTo(island.length);
        assertThat(island).startsWith(new byte[BLOCK]).endsWith(Arrays.copyOf(randomBytes(2 * BLOCK), BLOCK));
    }

    @Test
    void nextHole_endOfFile_countsAsHole() throws IOException {
        file.write(0, randomBytes(BLOCK), 0, BLOCK);
        assertThat(file.nextHole(0)).isEqualTo(BLOCK);
        assertThat(file.nextHole(BLOCK)).isEqualTo(BLOCK);
        assertThat(file.nextData(BLOCK)).isEqualTo(-1);
    }

    @Test
    void nextData_emptyFile_isNone() throws IOException {
        assertThat(file.nextData(0)).isEqualTo(-1);
        assertThat(file.nextHole(0)).isZero();
    }

    @Test
    void tryLock_heldByOtherHandle_isRefusedUntilItCloses() throws IOException {
        assertThat(file.tryLock()).isTrue();
        assertThat(file.tryLock()).isTrue();
        try (var other = temporary.directory().openWritable(NAME)) {
            assertThat(other.tryLock()).isFalse();
            file.close();
            assertThat(other.tryLock()).isTrue();
        }
    }

    @Test
    void sync_isPossible() throws IOException {
        file.write(0, new byte[1], 0, 1);
        file.sync();
    }
}
