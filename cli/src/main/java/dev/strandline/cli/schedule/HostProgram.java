package dev.strandline.cli.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program of the machine that answers at once, such as {@code crontab} or {@code systemctl}. */
final class HostProgram {
    /** Both ask a daemon or the disk; what takes longer is stuck. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int MAX_BYTES = 4 << 20;

    private HostProgram() {}

    record Answer(int exitCode, byte[] stdout, byte[] stderr) {}

    /** @throws IOException when it can't be run, or did not end in time and was killed */
    static Answer run(List<String> command, byte[] input) throws IOException {
        var process = new ProcessBuilder(command).start();
        try {
            var stdout = drain(process.getInputStream());
            var stderr = drain(process.getErrorStream());
            try (var in = process.getOutputStream()) {
                in.write(input);
            }
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command.getFirst() + " did not end within " + LIMIT.toSeconds() + " s");
            }
            return new Answer(
                    process.exitValue(),
                    stdout.get(LIMIT.toSeconds(), TimeUnit.SECONDS),
                    stderr.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " ran", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("what " + command.getFirst() + " says can't be read", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<byte[]> drain(InputStream stream) {
        var content = new CompletableFuture<byte[]>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IOException("more than " + MAX_BYTES + " bytes");
                }
                content.complete(bytes);
            } catch (IOException e) {
                content.completeExceptionally(e);
            }
        });
        return content;
    }
}
