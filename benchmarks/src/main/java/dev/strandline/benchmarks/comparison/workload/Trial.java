package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.contender.Contender;
import dev.strandline.benchmarks.comparison.contender.Contenders;
import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Row;
import dev.strandline.benchmarks.comparison.report.Target;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One workload's tree, the programs that take turns on it, and the rows that come of it. Removes what an earlier run has
 * left, and, when closed, everything of its own. One thread.
 */
final class Trial implements AutoCloseable {
    static final String PEAK_MEMORY = "peak memory";

    /** Strandline trusts a file's times when they are two seconds older than a run; others have rules like that too. */
    private static final Duration SETTLING = Duration.ofMillis(2500);

    /**
     * For a minute ext4 gives the inode number of a deleted file to no other ({@code recently_deleted} in its
     * {@code ialloc.c}), and for each new file goes through all such numbers: after a large tree is gone, the next one takes
     * several times as long to write.
     */
    private static final Duration UNTIL_INODES_ARE_FREE = Duration.ofSeconds(62);

    /** Name, type and everything of a file's status that a snapshot looks at. */
    private static final String FIND_FORMAT = "%p %y %i %D %n %m %U %G %s %b %T@ %C@ %l\\n";

    private final String letter;
    private final Setting setting;
    private final Path folder;
    private final Meter meter;
    private final Contenders contenders;
    private final Samples all = new Samples();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean faithful = true;

    Trial(String letter, Setting setting) throws IOException {
        this.letter = letter;
        this.setting = setting;
        this.folder = setting.run(letter);
        Host.remove(folder);
        Files.createDirectories(source());
        this.meter = new Meter(folder);
        this.contenders = new Contenders(setting.distribution(), folder.resolve("places"), meter);
    }

    /** The tree that is captured. */
    Path source() {
        return folder.resolve("tree");
    }

    void say(String sentence) {
        setting.journal().say("(" + letter + ") " + sentence);
    }

    void remark(String sentence) {
        remarks.add(sentence);
    }

    /** Reads the whole tree once, and waits until its files are old enough for everybody. */
    void settle() throws IOException {
        PageCache.fill(source());
        pause(SETTLING);
    }

    private static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Rounds in which each subject has its turn: A B C, A B C. */
    Samples rounds(String measure, int count, List<Turn> turns) throws IOException {
        var samples = new Samples();
        for (int i = 0; i < count; i++) {
            round(measure, samples, turns);
        }
        return samples;
    }

    /** One such round. */
    void round(String measure, Samples samples, List<Turn> turns) throws IOException {
        for (var turn : turns) {
            var usage = turn.action().take();
            samples.add(turn.subject(), usage);
            all.add(turn.subject(), usage);
            setting.journal().note(letter, measure, turn.subject(), usage);
        }
    }

    /** Each takes a snapshot. */
    List<Turn> snapshots(Turn... others) {
        var turns = new ArrayList<Turn>();
        for (var contender : contenders.snapshotters()) {
            turns.add(new Turn(contender.subject(), () -> contender.snapshot(source())));
        }
        turns.addAll(List.of(others));
        return turns;
    }

    Turn rsyncNewCopy() {
        return new Turn(Subject.RSYNC_NEW_COPY, () -> contenders.rsync().copy(source()));
    }

    Turn rsyncSameCopy() {
        return new Turn(Subject.RSYNC_SAME_COPY, () -> contenders.rsync().update(source()));
    }

    /** Looks at every entry and throws away what it sees. */
    Turn find() {
        var command = new Command(
                List.of("find", source().toString(), "-fprintf", "/dev/null", FIND_FORMAT),
                Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"),
                folder);
        return new Turn(Subject.FIND, () -> meter.measure(command));
    }

    FolderSize rsyncSize() throws IOException {
        return contenders.rsync().size();
    }

    /** First snapshots into new repositories, of which the last ones stay. */
    void first(int rounds, Target... targets) throws IOException {
        settle();
        var turns = new ArrayList<Turn>();
        for (var contender : contenders.snapshotters()) {
            turns.add(new Turn(contender.subject(), () -> {
                contender.create();
                return contender.snapshot(source());
            }));
        }
        turns.add(rsyncNewCopy());
        wallRow("first snapshot", rounds("first snapshot", rounds, turns), targets);
    }

    /** Snapshots of a tree in which nothing has changed since the one before. */
    void unchanged(int rounds, List<Turn> others, Target... targets) throws IOException {
        settle();
        var turns = snapshots(others.toArray(Turn[]::new));
        round("to get ready", new Samples(), turns);
        wallRow("unchanged", rounds("unchanged", rounds, turns), targets);
    }

    /** Full restores into empty folders, each compared with the source. */
    void restore(int rounds, Target... targets) throws IOException {
        var turns = new ArrayList<Turn>();
        for (var contender : contenders.snapshotters()) {
            turns.add(new Turn(contender.subject(), () -> restoreAndCompare(contender)));
        }
        var samples = new Samples();
        for (int i = 0; i < rounds; i++) {
            if (i > 0) {
                Host.remove(restored());
                Host.run("sync");
                pause(UNTIL_INODES_ARE_FREE);
            }
            round("restore", samples, turns);
        }
        wallRow("full restore, verified", samples, targets);
    }

    /** A round's restored trees. */
    private Path restored() {
        return folder.resolve("restored");
    }

    private Usage restoreAndCompare(Contender contender) throws IOException {
        var target = restored().resolve(contender.subject().label());
        Files.createDirectories(target);
        var restoration = contender.restore(source(), target);
        var differences = TreeEquality.differences(source(), restoration.tree());
        if (!differences.isEmpty()) {
            var remark = String.format(
                    Locale.ROOT,
                    "the tree that %s restored differs from its source in %,d entries, the first: `%s`.",
                    contender.subject().label(),
                    differences.size(),
                    differences.getFirst());
            say(remark);
            faithful &= contender.subject() != Subject.STRANDLINE;
            if (!remarks.contains(remark)) {
                remark(remark);
            }
        }
        return restoration.usage();
    }

    /** A row of medians. */
    void wallRow(String measure, Samples samples, Target... targets) {
        rows.add(new Row(
                letter, measure, samples.rounds(), Unit.SECONDS, samples.medianWallSeconds(), List.of(targets)));
    }

    /** How large the repositories are now. */
    Map<Subject, FolderSize> sizes() throws IOException {
        var sizes = new EnumMap<Subject, FolderSize>(Subject.class);
        for (var contender : contenders.snapshotters()) {
            sizes.put(contender.subject(), contender.size());
        }
        return sizes;
    }

    /** Two rows: bytes and files. */
    void sizeRows(String when, Map<Subject, FolderSize> sizes, Target... targets) {
        var bytes = new EnumMap<Subject, Double>(Subject.class);
        var files = new EnumMap<Subject, Double>(Subject.class);
        sizes.forEach((subject, size) -> {
            bytes.put(subject, (double) size.bytes());
            files.put(subject, (double) size.files());
        });
        row("repository " + when + ", bytes", Unit.BYTES, bytes, targets);
        row("repository " + when + ", files", Unit.FILES, files);
    }

    /** The most that any command of this workload took. */
    Map<Subject, Double> peaks() {
        var peaks = all.peakBytes();
        peaks.keySet().removeIf(subject -> !subject.isPeer() && subject != Subject.STRANDLINE);
        return peaks;
    }

    /** A row of anything else. */
    void row(String measure, Unit unit, Map<Subject, Double> figures, Target... targets) {
        rows.add(new Row(letter, measure, 0, unit, figures, List.of(targets)));
    }

    /** How large the tree is, in words. */
    String sourceSize() throws IOException {
        var size = FolderSize.of(source());
        return String.format(Locale.ROOT, "%,d files, %,d bytes", size.files(), size.bytes());
    }

    Chapter chapter(String description) {
        return new Chapter(letter, LocalDate.now(ZoneOffset.UTC).toString(), description, rows, faithful, remarks);
    }

    @Override
    public void close() throws IOException {
        Host.remove(folder);
    }
}
