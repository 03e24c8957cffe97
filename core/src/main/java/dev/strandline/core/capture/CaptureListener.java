package dev.strandline.core.capture;

/** Told what a capture does; calls come from one thread. */
public interface CaptureListener {
    void on(CaptureEvent event);

    /** Whether a {@link CaptureEvent.Captured} for each entry is wanted: without, their paths need not be made. */
    default boolean wantsEntries() {
        return true;
    }
}
