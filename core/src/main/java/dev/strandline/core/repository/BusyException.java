package dev.strandline.core.repository;

/** Something that only one process may do at a time is being done by another. */
public final class BusyException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    public BusyException(String message, String guidance) {
        super(message, guidance, null);
    }
}
