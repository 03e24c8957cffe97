package dev.strandline.core.capture;

/** Told what a capture does; calls come from one thread. */
public interface CaptureListener {
    void on(CaptureEvent event);
}
