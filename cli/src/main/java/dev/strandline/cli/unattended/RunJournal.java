package dev.strandline.cli.unattended;

import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.fs.PrivateFolder;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What became of the last runs of this host into a repository: the last one, the last that saved, and the last that failed.
 * Kept in the cache folder, for a run that can't reach the repository can't leave word there. Safe to lose.
 */
public final class RunJournal {
    private static final int NAME_BYTES = 8;
    private static final int KINDS = 3;
    private static final int WORDS = 7;

    private final Path folder;
    private final Path file;

    private RunJournal(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
    }

    /** @param cacheDirectory of this host and user */
    public static RunJournal of(Path cacheDirectory, FilePath repository) {
        byte[] digest = Sha256.of(repository.toBytes());
        return new RunJournal(cacheDirectory, "runs-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES));
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
        try {
            var lines = Files.readString(file).split("\n", -1);
            return lines.length < KINDS ? Entries.NONE : new Entries(entry(lines[0]), entry(lines[1]), entry(lines[2]));
        } catch (IOException _) {
            return Entries.NONE;
        }
    }

    private static Optional<Entry> entry(String line) {
        var words = line.split(" ", WORDS);
        if (words.length < WORDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Entry(
                    Instant.ofEpochSecond(Long.parseLong(words[0]), Long.parseLong(words[1])),
                    Duration.ofNanos(Long.parseLong(words[2])),
                    Trigger.of(Integer.parseInt(words[3])).orElse(Trigger.MANUAL),
                    Integer.parseInt(words[4]),
                    words[5],
                    words[6]));
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
        var text = line(entries.last) + line(entries.saved) + line(entries.failed);
        PrivateFolder.create(folder);
        WholeFile.replace(file, text, "rw-------");
        return entries;
    }

    /** Numbers and words, the error last; a line that is empty for no run. Without a parser, for it is in each run's way. */
    private static String line(Optional<Entry> entry) {
        if (entry.isEmpty()) {
            return "\n";
        }
        var run = entry.get();
        return String.join(
                        " ",
                        Long.toString(run.started.getEpochSecond()),
                        Integer.toString(run.started.getNano()),
                        Long.toString(run.duration.toNanos()),
                        Integer.toString(run.trigger.number()),
                        Integer.toString(run.exitCode),
                        run.snapshot,
                        run.error.replace('\n', ' '))
                + "\n";
    }
}
