package dev.strandline.cli.unattended;

import dev.strandline.core.fs.PrivateFolder;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Trigger;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * What became of the last runs of this host into a repository: the last one, the last that saved, and the last that failed.
 * Kept in the cache folder, for a run that can't reach the repository can't leave word there. Safe to lose.
 */
public final class RunJournal {
    private static final int NAME_BYTES = 8;

    private final Path folder;
    private final Path file;

    private RunJournal(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    /** @param cacheDirectory of this host and user */
    public static RunJournal of(Path cacheDirectory, FilePath repository) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(repository.toBytes());
            return new RunJournal(cacheDirectory, "runs-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** How one run ended; the meanings are those of {@link RunOutcome}. */
    public record Entry(
            Instant started, Duration duration, Trigger trigger, int exitCode, String snapshot, String error) {}

    /**
     * @param last of all runs
     * @param saved the last that saved, or found nothing to save
     * @param failed the last that did not exit with 0
     */
    public record Entries(Optional<Entry> last, Optional<Entry> saved, Optional<Entry> failed) {
        public static final Entries NONE = new Entries(Optional.empty(), Optional.empty(), Optional.empty());

        /** These, and then another run. */
        Entries and(RunOutcome outcome) {
            var entry = new Entry(
                    outcome.started(),
                    outcome.duration(),
                    outcome.trigger(),
                    outcome.exitCode(),
                    outcome.saved().map(snapshot -> snapshot.id().hex()).orElse(""),
                    outcome.error());
            return new Entries(
                    Optional.of(entry),
                    outcome.reachedItsEnd() ? Optional.of(entry) : saved,
                    outcome.exitCode() == 0 ? failed : Optional.of(entry));
        }
    }

    /** Nothing where there is no journal, or none that can be read. */
    public Entries entries() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException | IllegalArgumentException _) {
            return Entries.NONE;
        }
        return new Entries(entry(properties, "last"), entry(properties, "saved"), entry(properties, "failed"));
    }

    private static Optional<Entry> entry(Properties properties, String group) {
        String started = properties.getProperty(group + ".started");
        if (started == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Entry(
                    Instant.parse(started),
                    Duration.parse(properties.getProperty(group + ".duration", "PT0S")),
                    Trigger.valueOf(properties.getProperty(group + ".trigger", Trigger.MANUAL.name())),
                    Integer.parseInt(properties.getProperty(group + ".code", "0")),
                    properties.getProperty(group + ".snapshot", ""),
                    properties.getProperty(group + ".error", "")));
        } catch (DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * Adds a run.
     *
     * @throws IOException when the cache folder can't be written
     */
    public Entries add(RunOutcome outcome) throws IOException {
        var entries = entries().and(outcome);
        var properties = new Properties();
        put(properties, "last", entries.last);
        put(properties, "saved", entries.saved);
        put(properties, "failed", entries.failed);
        var text = new StringWriter();
        properties.store(text, null);
        PrivateFolder.create(folder);
        var temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        Files.write(temporary, text.toString().getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return entries;
    }

    private static void put(Properties properties, String group, Optional<Entry> entry) {
        entry.ifPresent(run -> {
            properties.setProperty(group + ".started", run.started.toString());
            properties.setProperty(group + ".duration", run.duration.toString());
            properties.setProperty(group + ".trigger", run.trigger.name());
            properties.setProperty(group + ".code", Integer.toString(run.exitCode));
            properties.setProperty(group + ".snapshot", run.snapshot);
            properties.setProperty(group + ".error", run.error);
        });
    }
}
