package dev.strandline.cli.environment;

import dev.strandline.cli.configuration.ConfigurationException;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.check.CheckCancelledException;
import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.CollectionCancelledException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NewerFormatException;
import dev.strandline.core.repository.NoRepositoryException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.core.repository.WrongKeyException;
import dev.strandline.core.restore.RestoreCancelledException;

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

    /** By Ctrl-C; Java makes it 143 where SIGTERM came, and 129 for SIGHUP. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** What a command that ended with this exception exits with. */
    public static int of(Exception e) {
        return switch (e) {
            case NoRepositoryException _ -> NO_REPOSITORY;
            case BusyException _ -> BUSY;
            case WrongKeyException _ -> WRONG_KEY;
            case DamageException _ -> DAMAGE;
            case NewerFormatException _, NoSuchSnapshotException _, RefusedException _, StorageException _ -> FAILED;
            case UsageException _, ConfigurationException _ -> USAGE;
            case CaptureCancelledException _,
                    RestoreCancelledException _,
                    CheckCancelledException _,
                    CollectionCancelledException _ -> INTERRUPTED;
            default -> FAILED;
        };
    }
}
