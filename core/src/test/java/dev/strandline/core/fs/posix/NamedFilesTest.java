package dev.strandline.core.fs.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.testkit.HostTools;
import dev.strandline.core.testkit.TemporaryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedFilesTest {
    private final PosixFileSystem host = PosixFileSystem.open();
    private final AtomicInteger onceOnly = new AtomicInteger();
    private final NamedFiles files = new NamedFiles(host, onceOnly::incrementAndGet);
    private TemporaryTree temporary;

    @BeforeEach
    void createTree() throws IOException {
        temporary = TemporaryTree.create();
    }

    @AfterEach
    void removeTree() throws IOException {
        temporary.close();
    }

    private Path path(String name) {
        return Path.of(temporary.path().display()).resolve(name);
    }

    private FilePath filePath(String name) {
        return FilePath.of(path(name).toString());
    }

    private String read(String name) throws IOException {
        return new String(files.read(filePath(name), 1 << 20).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void read_link_givesWhatItLeadsToAndItsMode() throws IOException {
        Files.writeString(path("file"), "content");
        Files.createSymbolicLink(path("link"), Path.of("file"));
        host.openDirectory(temporary.path())
                .openWritable(filePath("file").name())
                .setMode(0640);
        assertThat(read("link")).isEqualTo("content");
        assertThat(files.read(filePath("link"), 100).status().mode()).isEqualTo(0640);
        assertThat(onceOnly).hasValue(0);
    }

    @Test
    void read_fileOfProcThatSaysItIsEmpty_isReadToItsEnd() throws IOException {
        var content = files.read(FilePath.of("/proc/self/status"), 1 << 20);
        assertThat(content.status().sizeBytes()).isZero();
        assertThat(new String(content.bytes(), StandardCharsets.UTF_8)).contains("Threads:");
    }

    @Test
    void read_fifo_isReadToItsEndAndRemembered() throws Exception {
        HostTools.run(List.of("mkfifo", path("fifo").toString()), Path.of("/"));
        String text = "line\n".repeat(100_000);
        var writer = Thread.ofPlatform().start(() -> {
            try {
                Files.writeString(path("fifo"), text);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(read("fifo")).isEqualTo(text);
        writer.join();
        assertThat(read("fifo")).isEqualTo(text);
        assertThat(onceOnly).hasValue(1);
    }

    @Test
    void read_moreThanItMayHave_fails() throws IOException {
        Files.writeString(path("file"), "x".repeat(20_000));
        assertThat(files.read(filePath("file"), 20_000).bytes()).hasSize(20_000);
        assertThatThrownBy(() -> files.read(filePath("file"), 19_999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has more than the 19999 bytes");
    }

    @Test
    void read_directoryDeviceOrNothing_failsAndSaysWhat() throws IOException {
        assertThatThrownBy(() -> files.read(temporary.path(), 10)).hasMessageContaining("is a directory, not a file");
        assertThatThrownBy(() -> files.read(FilePath.ROOT, 10)).hasMessageContaining("is a directory, not a file");
        assertThatThrownBy(() -> files.read(FilePath.of("/dev/zero"), 10))
                .hasMessageContaining("is a device, not a file");
        assertThatThrownBy(() -> files.read(filePath("none"), 10)).hasMessageContaining("no such file");
        assertThat(files.read(FilePath.of("/dev/null"), 10).bytes()).isEmpty();
    }
}
