package dev.strandline.core.repository;

/** The place that holds the repository failed: full, unreachable, not permitted, broken. Aborts before a commit. */
public final class StorageException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, String guidance, Throwable cause) {
        super(message, guidance, cause);
    }
}
