package dev.strandline.cli.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process that was started. */
public final class Running {
    /** Longer than any command of these tests takes on a slow machine. */
    private static final long LIMIT_SECONDS = 600;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Process process;
    private final Path folder;
    private final String command;

    Running(Process process, Path folder, String command) {
        this.process = process;
        this.folder = folder;
        this.command = command;
    }

    /** Its id, which it keeps from start to end. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by name. */
    public void signal(String name) {
        var kill = Program.of("/bin/sh", "-c", "kill -s " + name + " " + pid()).run();
        if (kill.exitCode() != 0) {
            throw new AssertionError("it has ended already: " + kill);
        }
    }

    /** Looks again and again until something is so; fails when the process ends before. */
    public void awaitWhileRunning(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("never saw " + what + " during " + await());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits for its end. */
    public Run await() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + command);
            }
            var stdout = folder.resolve("stdout");
            var stderr = folder.resolve("stderr");
            var run = new Run(command, process.exitValue(), Files.readAllBytes(stdout), Files.readAllBytes(stderr));
            for (var file : new String[] {"stdin", "command", "stdout", "stderr"}) {
                Files.delete(folder.resolve(file));
            }
            Files.delete(folder);
            return run;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }
}
