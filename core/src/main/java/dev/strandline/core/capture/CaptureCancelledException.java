package dev.strandline.core.capture;

/** The run was told to stop; nothing was committed. */
public final class CaptureCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CaptureCancelledException() {
        super("the capture was interrupted");
    }
}
