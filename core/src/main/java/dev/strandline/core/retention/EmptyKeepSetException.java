package dev.strandline.core.retention;

/** A policy would keep nothing of some snapshots, which can't be meant. */
public final class EmptyKeepSetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmptyKeepSetException(String message) {
        super(message);
    }
}
