package dev.strandline.core.repository;

/**
 * The repository, its storage or the key to it does not allow what was asked. Deliberately no {@code IOException}, so
 * that no handler for unreadable source files can ever swallow one: a full repository disk is not a file warning.
 */
public abstract sealed class RepositoryException extends Exception
        permits BusyException,
                DamageException,
                NewerFormatException,
                NoRepositoryException,
                NoSuchSnapshotException,
                RefusedException,
                StorageException,
                WrongKeyException {
    private static final long serialVersionUID = 1L;

    private final String guidance;

    RepositoryException(String message, String guidance, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.guidance = guidance;
    }

    /** A sentence that says what to do; may be empty. */
    public final String guidance() {
        return guidance;
    }
}
