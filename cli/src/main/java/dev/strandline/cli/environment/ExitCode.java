package dev.strandline.cli.environment;

/** What a command's exit tells a script. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** Saved or restored, but some files could not be read or written. */
    public static final int PARTIAL = 3;

    public static final int NO_REPOSITORY = 10;
    public static final int BUSY = 11;
    public static final int WRONG_KEY = 12;
    public static final int DAMAGE = 13;
    /** The newest snapshot is older than it may be. */
    public static final int STALE = 14;

    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
