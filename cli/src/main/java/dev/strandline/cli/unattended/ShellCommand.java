package dev.strandline.cli.unattended;

import dev.strandline.cli.environment.Interruption;
import dev.strandline.cli.environment.RawArguments;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the configuration, run by {@code /bin/sh} with nothing on its standard input. Bounded in time and in what is
 * kept of its output.
 */
final class ShellCommand {
    /** Nobody else's. */
    private static final List<String> SECRETS = List.of("STRANDLINE_PASSWORD", "STRANDLINE_PASSWORD_FD");

    /** A background process may hold the output open for ever. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    /** What it gets to clean up when this process is told to end, which has to end soon itself. */
    private static final Duration LAST_WORK = Duration.ofSeconds(2);

    private final String command;
    private final Duration timeout;
    private final int maximumBytes;

    ShellCommand(String command, Duration timeout, int maximumBytes) {
        this.command = command;
        this.timeout = timeout;
        this.maximumBytes = maximumBytes;
    }

    /**
     * How a command ended.
     *
     * @param problem such as its exit code; empty when there was none
     * @param output stdout and stderr, as far as they are kept
     */
    record Ending(String problem, byte[] output, boolean cut) {
        boolean succeeded() {
            return problem.isEmpty();
        }
    }

    /**
     * Runs it to its end, or that of this process.
     *
     * @param facts added to the environment
     */
    Ending run(Map<String, String> facts, Interruption interruption) {
        // What is to be done after an interruption still is.
        boolean runsAfterwards = interruption.isRequested();
        var builder = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        RawArguments.OF_LAUNCHER.forEach(builder.environment()::remove);
        SECRETS.forEach(builder.environment()::remove);
        builder.environment().putAll(facts);
        var output = new Kept(maximumBytes);
        try {
            var process = builder.start();
            interruption.endTogether(() -> end(process));
            if (interruption.isRequested() && !runsAfterwards) {
                end(process);
            }
            var reader =
                    Thread.ofPlatform().daemon().name("output").start(() -> output.drain(process.getInputStream()));
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            reader.join(LAST_OUTPUT);
            if (interruption.isRequested() && !runsAfterwards) {
                return output.ending("interrupted");
            }
            String problem = !ended
                    ? "it did not end within " + seconds(timeout)
                    : process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
            return output.ending(problem);
        } catch (IOException e) {
            return output.ending("it can't be run: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return output.ending("interrupted");
        } finally {
            interruption.endTogether(() -> {});
        }
    }

    /** The command and all that it started: first asked to, then made to. */
    private static void end(Process process) {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** The first bytes of an output. Safe for use by several threads. */
    private static final class Kept {
        private final int maximumBytes;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // guarded by this
        private boolean cut; // guarded by this

        Kept(int maximumBytes) {
            this.maximumBytes = maximumBytes;
        }

        /** Reads on when enough is kept, so that the command does not wait for a reader. */
        void drain(InputStream in) {
            byte[] buffer = new byte[8 << 10];
            try {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    add(buffer, count);
                }
            } catch (IOException _) {
                // The command was killed.
            }
        }

        private synchronized void add(byte[] buffer, int count) {
            int kept = Math.min(count, maximumBytes - bytes.size());
            bytes.write(buffer, 0, kept);
            cut |= kept < count;
        }

        synchronized Ending ending(String problem) {
            return new Ending(problem, bytes.toByteArray(), cut);
        }
    }
}
