package dev.strandline.cli.configuration;

import dev.strandline.core.capture.CaptureSource;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a host. Options of the command line and the environment come first.
 *
 * @param repository where it is
 * @param keyFile what opens it; at most one of this and the next two
 * @param host the name that snapshots get
 * @param sources what {@code snapshot} captures when no path is given; none lies in another
 */
public record Configuration(
        Optional<String> repository,
        Optional<String> keyFile,
        Optional<String> passwordFile,
        Optional<String> passwordCommand,
        Optional<String> host,
        List<CaptureSource> sources,
        Policy policy) {
    /** Where there is no file. */
    public static final Configuration NONE = new Configuration(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Policy(true, false));

    public Configuration {
        sources = List.copyOf(sources);
    }

    /**
     * What is allowed on this host.
     *
     * @param scheduled whether runs by a schedule are
     * @param isProtected whether restoring in place needs {@code --force}
     */
    public record Policy(boolean scheduled, boolean isProtected) {}
}
