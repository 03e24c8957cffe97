package dev.strandline.core.repository;

/** The passphrase or key file does not open the repository, or can't be used. */
public final class WrongKeyException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    public WrongKeyException(String message, String guidance) {
        super(message, guidance, null);
    }
}
