package dev.strandline.cli.environment;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. The running command is told, ends what it is in the middle of, and the process exits with 130 (or
 * 143); a command that had done its work already still exits as if nothing had happened.
 */
public final class Interruption {
    /** How long a command gets to end cleanly; a commit that has begun is a matter of seconds. */
    private static final long GRACE_SECONDS = 60;

    private static final int NOT_ENDED = -1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile int exitCode = NOT_ENDED;

    /** Listens from now on. */
    public void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "interruption"));
    }

    private void onShutdown() {
        if (exitCode != NOT_ENDED) {
            return;
        }
        requested = true;
        try {
            boolean inTime = ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
            if (inTime && exitCode != ExitCode.INTERRUPTED) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the command should stop. */
    public boolean isRequested() {
        return requested;
    }

    /** The command has ended, and the process is about to. */
    public void end(int code) {
        exitCode = code;
        ended.countDown();
    }
}
