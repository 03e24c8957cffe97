package dev.strandline.core.repository;

/** What was asked would lose or endanger data, or can't be done here; nothing was changed. */
public final class RefusedException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message, String guidance) {
        super(message, guidance, null);
    }
}
