package dev.strandline.core.repository;

/** An object of the repository is missing or is not what was written. Names the object. */
public final class DamageException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    private final String object;

    /**
     * @param object the object's name in the repository, such as {@code packs/3f/3f…}
     * @param reason what is wrong with it
     */
    public DamageException(String object, String reason) {
        super(
                object + ": " + reason,
                "Run 'strandline check --read-data' to see what is affected; files that don't use it still restore.",
                null);
        this.object = object;
    }

    public String object() {
        return object;
    }
}
