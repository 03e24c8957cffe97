package dev.strandline.cli.schedule;

import dev.strandline.cli.configuration.Configuration;
import dev.strandline.cli.configuration.Hooks;
import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a scheduled run needs of the machine, from which follows what it can be shut off from.
 *
 * @param written folders that it writes to; all others it only reads
 * @param runsCommands whether it runs commands of the configuration, of which nobody knows what they need
 * @param usesTemporaryFolders whether anything it reads or writes lies in {@code /tmp} or {@code /var/tmp}
 * @param readsDevices whether a source holds {@code /dev}
 */
record Reach(List<FilePath> written, boolean runsCommands, boolean usesTemporaryFolders, boolean readsDevices) {
    private static final List<FilePath> TEMPORARY = List.of(FilePath.of("/tmp"), FilePath.of("/var/tmp"));
    private static final FilePath DEVICES = FilePath.of("/dev");

    Reach {
        written = List.copyOf(written);
    }

    /** @param more files and folders that it reads or writes, besides what the configuration names */
    static Reach of(Configuration configuration, FilePath repository, FilePath cacheFolder, List<FilePath> more) {
        var written = new ArrayList<>(List.of(repository, cacheFolder));
        configuration.metricsFile().map(FilePath::parent).ifPresent(written::add);
        var sources = configuration.sources().stream()
                .map(source -> source.capture().path())
                .toList();
        var access = configuration.access();
        var secrets = Stream.of(access.keyFile(), access.passwordFile())
                .flatMap(file -> file.stream().map(FilePath::of))
                .toList();
        boolean temporary = Stream.of(written, sources, secrets, more)
                .flatMap(List::stream)
                .anyMatch(path -> TEMPORARY.stream().anyMatch(folder -> meets(path, folder)));
        return new Reach(
                FilePath.outermost(written),
                Hooks.areAny(configuration.hooks(), configuration.sources())
                        || !configuration.systemState().isEmpty()
                        || access.passwordCommand().isPresent(),
                temporary,
                sources.stream().anyMatch(source -> meets(source, DEVICES)));
    }

    /** Whether one lies in the other. */
    private static boolean meets(FilePath one, FilePath other) {
        return one.startsWith(other) || other.startsWith(one);
    }
}
