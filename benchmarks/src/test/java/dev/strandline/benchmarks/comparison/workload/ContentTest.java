package dev.strandline.benchmarks.comparison.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trees are made of is the same in every run. */
final class ContentTest {
    @TempDir
    private Path folder;

    @Test
    void configFolder_madeTwice_isTheSame() throws IOException {
        new ConfigFolder(folder.resolve("one")).create();
        new ConfigFolder(folder.resolve("two")).create();

        for (int file = 0; file < ConfigFolder.FILES; file++) {
            String name = "service-" + file + ".conf";
            assertThat(folder.resolve("one").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
        }
    }

    @Test
    void configEdit_changesOneLine() throws IOException {
        var config = new ConfigFolder(folder);
        config.create();
        var before = Files.readAllLines(folder.resolve("service-3.conf"));

        config.apply(new Edit.Line(3, 5, 4711));

        var after = Files.readAllLines(folder.resolve("service-3.conf"));
        assertThat(after.get(5)).endsWith(" = 4711").isNotEqualTo(before.get(5));
        after.set(5, before.get(5));
        assertThat(after).isEqualTo(before).hasSize(ConfigFolder.lines(3));
    }

    @Test
    void binary_hasItsSizeAndOfOneSeedTheSameBytes() throws IOException {
        for (var name : new String[] {"one", "two"}) {
            BinaryContent.write(folder.resolve(name), 1_000_001, 5);
        }
        BinaryContent.write(folder.resolve("other"), 1_000_001, 6);

        assertThat(folder.resolve("one")).hasSize(1_000_001).hasSameBinaryContentAs(folder.resolve("two"));
        assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("other")))
                .isNotNegative();
    }
}
