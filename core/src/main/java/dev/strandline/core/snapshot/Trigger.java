package dev.strandline.core.snapshot;

import java.util.Locale;
import java.util.Optional;

/** What made a snapshot happen. The numbers are persisted. */
public enum Trigger {
    MANUAL(0),
    SCHEDULED(1),
    RUN(2);

    private final int number;

    Trigger(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** As people write and read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Trigger> of(int number) {
        for (var trigger : values()) {
            if (trigger.number == number) {
                return Optional.of(trigger);
            }
        }
        return Optional.empty();
    }
}
