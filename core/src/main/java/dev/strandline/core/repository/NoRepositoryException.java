package dev.strandline.core.repository;

/** There is no repository at the place that was named. */
public final class NoRepositoryException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    public NoRepositoryException(String message, String guidance) {
        super(message, guidance, null);
    }
}
