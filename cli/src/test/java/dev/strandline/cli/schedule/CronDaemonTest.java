package dev.strandline.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CronDaemonTest {
    @TempDir
    private Path processes;

    private void process(String folder, String name) throws IOException {
        Files.writeString(Files.createDirectory(processes.resolve(folder)).resolve("comm"), name + "\n");
    }

    @Test
    void isRunning_onlyWhenAProcessIsNamedSo() throws IOException {
        process("1", "init");
        process("20", "crontab");
        process("sys", "cron");
        Files.createDirectory(processes.resolve("30"));
        assertThat(new CronDaemon(processes).isRunning()).isFalse();
        process("40", "cron");
        assertThat(new CronDaemon(processes).isRunning()).isTrue();
    }
}
