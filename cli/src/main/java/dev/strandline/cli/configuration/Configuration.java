package dev.strandline.cli.configuration;

import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.path.FilePath;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a host. Options of the command line and the environment come first.
 *
 * @param host the name that snapshots get
 * @param sources what {@code snapshot} captures when no path is given; none lies in another
 * @param hooks around each run that captures the sources
 * @param systemState what such a run keeps of the system's state
 * @param metricsFile where each run leaves its facts for monitoring
 * @param doubts what can be used but is hardly meant, in order of the lines
 */
public record Configuration(
        Access access,
        Optional<String> host,
        List<ConfiguredSource> sources,
        Hooks hooks,
        List<StateCommand> systemState,
        Schedule schedule,
        Optional<FilePath> metricsFile,
        FileCategories categories,
        Retention retention,
        Upkeep upkeep,
        Policy policy,
        List<ConfigurationProblem> doubts) {
    /** Where there is no file. */
    public static final Configuration NONE = new Configuration(
            Access.NONE,
            Optional.empty(),
            List.of(),
            Hooks.NONE,
            List.of(),
            Schedule.DEFAULT,
            Optional.empty(),
            FileCategories.USUAL,
            Retention.NONE,
            Upkeep.DEFAULT,
            new Policy(true, false),
            List.of());

    public Configuration {
        sources = List.copyOf(sources);
        systemState = List.copyOf(systemState);
        doubts = List.copyOf(doubts);
    }

    /** What of the sources to capture. */
    public List<CaptureSource> captureSources() {
        return sources.stream().map(ConfiguredSource::capture).toList();
    }

    /**
     * What is allowed on this host.
     *
     * @param scheduled whether runs by a schedule are
     * @param isProtected whether restoring in place needs {@code --force}
     */
    public record Policy(boolean scheduled, boolean isProtected) {}
}
