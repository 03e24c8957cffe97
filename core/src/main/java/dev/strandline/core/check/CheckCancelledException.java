package dev.strandline.core.check;

/** The check was told to stop before its end. */
public final class CheckCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckCancelledException() {
        super("the check was interrupted");
    }
}
