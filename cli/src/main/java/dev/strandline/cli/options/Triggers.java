package dev.strandline.cli.options;

import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.snapshot.Trigger;
import java.util.stream.Stream;

/** How triggers are written on the command line. */
public final class Triggers {
    private Triggers() {}

    public static Trigger of(String text) {
        return Stream.of(Trigger.values())
                .filter(trigger -> trigger.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new UsageException("--trigger is manual, scheduled or run, not '" + text + "'"));
    }
}
