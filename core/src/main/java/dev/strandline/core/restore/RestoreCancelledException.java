package dev.strandline.core.restore;

/** The restore was told to stop before its end. */
public final class RestoreCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean inPlace;

    /** @param inPlace whether what is there is more than the restore has written */
    public RestoreCancelledException(boolean inPlace) {
        super("the restore was interrupted");
        this.inPlace = inPlace;
    }

    public boolean isInPlace() {
        return inPlace;
    }
}
