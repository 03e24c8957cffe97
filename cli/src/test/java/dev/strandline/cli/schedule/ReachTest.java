package dev.strandline.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.configuration.ConfigurationFile;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReachTest {
    @TempDir
    private Path folder;

    private Configuration configuration(String text) throws IOException {
        var file = Files.writeString(folder.resolve("strandline.toml"), text);
        var host = PosixFileSystem.open();
        return new ConfigurationFile(host, new NamedFiles(host, () -> {})).read(FilePath.of(file.toString()));
    }

    private Reach reach(String text) throws IOException {
        return Reach.of(configuration(text), FilePath.of("/backup/web"), FilePath.of("/backup/web/cache"), List.of());
    }

    private static String source(String path) {
        return "[[source]]\npath = \"" + path + "\"\n";
    }

    @Test
    void written_isTheRepositoryTheCacheAndTheMetricsFolder() throws IOException {
        assertThat(reach("metrics-file = \"/var/metrics/strandline.prom\"\n" + source("/etc"))
                        .written())
                .containsExactly(FilePath.of("/backup/web"), FilePath.of("/var/metrics"));
    }

    @Test
    void temporaryFolders_areUsedByWhateverLiesThereOrHoldsThem() throws IOException {
        assertThat(reach(source("/etc")).usesTemporaryFolders()).isFalse();
        assertThat(reach(source("/tmpfiles")).usesTemporaryFolders()).isFalse();
        for (var path : new String[] {"/tmp/work", "/var", "/"}) {
            assertThat(reach(source(path)).usesTemporaryFolders()).as(path).isTrue();
        }
        assertThat(reach("key-file = \"/tmp/key\"\n" + source("/etc")).usesTemporaryFolders())
                .isTrue();
        assertThat(reach(source("/")).readsDevices()).isTrue();
        assertThat(reach(source("/etc")).readsDevices()).isFalse();
    }

    @Test
    void commands_areHooksSystemStateAndPasswordCommand() throws IOException {
        assertThat(reach(source("/etc")).runsCommands()).isFalse();
        for (var text : new String[] {
            source("/etc") + "[hooks]\nbefore = \"true\"\n",
            source("/etc") + "[source.hooks]\nafter = \"true\"\n",
            source("/etc") + "[[system-state]]\nname = \"uptime\"\ncommand = \"uptime\"\n",
            "password-command = \"pass show backup\"\n" + source("/etc")
        }) {
            assertThat(reach(text).runsCommands()).as(text).isTrue();
        }
    }
}
