package dev.strandline.benchmarks.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BusyServerTest {
    private static final Size SIZE = Size.quick();

    @TempDir
    private Path tree;

    private BusyServer server;

    @BeforeEach
    void install() throws Exception {
        server = new BusyServer(tree);
        server.install();
    }

    private void liveHours(int from, int to) throws Exception {
        for (int hour = from; hour < to; hour++) {
            server.live(SIZE.time(hour));
        }
    }

    private List<String> names(String folder) throws Exception {
        try (var files = Files.list(tree.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void install_makesAboutAThousandFiles() throws Exception {
        assertThat(FolderSize.of(tree).files()).isBetween(900L, 1100L);
    }

    @Test
    void exports_areGoneAfterThreeHours() throws Exception {
        liveHours(0, 3);
        assertThat(names("exports")).containsExactly("export-0");

        liveHours(3, 4);
        assertThat(names("exports")).isEmpty();
    }

    @Test
    void dumps_areKeptForThreeDays() throws Exception {
        liveHours(0, 3 * 24 + 3);
        assertThat(names("dumps")).hasSize(3).contains("dump-1");

        liveHours(3 * 24 + 3, 3 * 24 + 4);
        assertThat(names("dumps")).hasSize(3).doesNotContain("dump-1");
    }
}
