package dev.strandline.cli.environment;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, SIGTERM and SIGHUP. A command at work is told, ends what it is in the middle of, and the process exits with 130
 * (143, 129); a command that had done its work already still exits as if nothing had happened. A command that only waits for
 * a passphrase ends at once.
 */
public final class Interruption {
    /** How long a command gets to end what it does; a process that ends before leaves nothing but temporary files. */
    private static final long WORK_SECONDS = 10;

    /** A commit that has begun is better ended than guessed about. */
    private static final long COMMIT_SECONDS = 120;

    /** A pager ends when its reader wants it to, and Ctrl-C means something to it. */
    private static final long READING_SECONDS = 86_400;

    private static final int NOT_ENDED = -1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long graceSeconds;
    private volatile boolean requested;
    private volatile int exitCode = NOT_ENDED;
    private Runnable companion = () -> {}; // guarded by this

    /** Listens from now on. */
    public void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "interruption"));
    }

    private void onShutdown() {
        if (exitCode != NOT_ENDED) {
            return;
        }
        requested = true;
        companion().run();
        try {
            if (ended.await(graceSeconds, TimeUnit.SECONDS) && exitCode != ExitCode.INTERRUPTED) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on, what must end with this process is ended like this; an earlier one is forgotten. */
    public synchronized void endTogether(Runnable ending) {
        companion = ending;
    }

    private synchronized Runnable companion() {
        return companion;
    }

    /** Whether the command should stop. */
    public boolean isRequested() {
        return requested;
    }

    /** The command has something to end cleanly from now on. */
    public void beginWork() {
        graceSeconds = WORK_SECONDS;
    }

    /** What was told is read in a pager from now on. */
    public void beginReading() {
        graceSeconds = READING_SECONDS;
    }

    /**
     * The command commits from now on.
     *
     * @return false when it should stop instead
     */
    public boolean beginCommit() {
        graceSeconds = COMMIT_SECONDS;
        return !requested;
    }

    /** The command has ended, and the process is about to. */
    public void end(int code) {
        exitCode = code;
        ended.countDown();
    }
}
