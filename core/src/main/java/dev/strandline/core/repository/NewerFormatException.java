package dev.strandline.core.repository;

/** The repository was written by a newer version, whose format this one doesn't know. */
public final class NewerFormatException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    public NewerFormatException(String message, String guidance) {
        super(message, guidance, null);
    }
}
