package dev.strandline.core.restore;

/** The restore was told to stop; the target holds a part of it. */
public final class RestoreCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RestoreCancelledException() {
        super("the restore was interrupted");
    }
}
