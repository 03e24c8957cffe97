package dev.strandline.core.snapshot;

/** What made a snapshot happen. The ordinals are persisted: append only. */
public enum Trigger {
    MANUAL,
    SCHEDULED,
    RUN
}
