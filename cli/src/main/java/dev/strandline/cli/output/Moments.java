package dev.strandline.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as people read them. Apart from {@link Quantities}, because a formatter is nothing that every start should make. */
public final class Moments {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Moments() {}

    /** {@code 2026-11-16 15:19:44}. */
    public static String text(Instant time, ZoneId zone) {
        return FORMAT.format(time.atZone(zone));
    }
}
