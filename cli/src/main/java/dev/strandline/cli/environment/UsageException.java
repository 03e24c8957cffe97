package dev.strandline.cli.environment;

/** The command can't be meant as it was typed, or a variable of the environment has no valid value. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
