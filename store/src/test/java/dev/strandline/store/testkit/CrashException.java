package dev.strandline.store.testkit;

/** The machine stopped. Unchecked, for no code may answer to it. */
public final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashException(String message) {
        super(message);
    }
}
