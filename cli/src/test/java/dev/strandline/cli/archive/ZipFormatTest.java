package dev.strandline.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipFormatTest {
    @ParameterizedTest
    @ValueSource(strings = {"..\\..\\up", "back\\slash", "\\root", "folder/..\\up", "...", "dot.", "new\nline"})
    void begin_nameOfAnyCharacters_isThatName(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var format = new ZipFormat(bytes);
        var metadata = new Metadata(0644, 0, 0, new FileTime(Long.MAX_VALUE, 0), List.of(), Optional.empty());
        format.begin(FilePath.of(name), new Node.Symlink(metadata, "target".getBytes(StandardCharsets.UTF_8)));
        format.end();
        format.finish();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(zip.getNextEntry())
                    .isNotNull()
                    .satisfies(entry -> assertThat(entry.getName()).isEqualTo(name));
        }
    }
}
