package dev.strandline.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Circumstances;
import dev.strandline.benchmarks.comparison.report.Row;
import dev.strandline.benchmarks.comparison.report.Target;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that was broken off leaves to the next. */
final class KeptChaptersTest {
    private static final Circumstances SAME =
            new Circumstances("mvn it", "a machine", List.of("strandline 1 (commit 12)", "restic 2"));

    private static final Chapter CHAPTER = new Chapter(
            "b",
            "2026-11-29",
            "Big: \u2264 \"all\".",
            List.of(
                    new Row(
                            "b",
                            "unchanged",
                            3,
                            Unit.SECONDS,
                            Map.of(Subject.STRANDLINE, 0.1 + 0.2, Subject.FIND, 2.0),
                            List.of(new Target.OfBestPeer(0.4), new Target.OfSubject(Subject.FIND, 1.5))),
                    new Row(
                            "b",
                            "peak memory",
                            0,
                            Unit.MEMORY,
                            Map.of(Subject.STRANDLINE, 5e8),
                            List.of(new Target.Absolute(4e8)))),
            false,
            List.of("something differs."));

    @TempDir
    private Path folder;

    private KeptChapters under(Circumstances circumstances) {
        return new KeptChapters(folder, circumstances);
    }

    @Test
    void finishedWorkload_isFoundAsItWas() throws IOException {
        under(SAME).keep(CHAPTER);

        assertThat(under(SAME).find("b")).contains(CHAPTER);
        assertThat(under(SAME).find("a")).isEmpty();
    }

    @Test
    void otherCircumstances_countAsNotMeasured() throws IOException {
        under(SAME).keep(CHAPTER);

        assertThat(under(new Circumstances("mvn it --quick", "a machine", SAME.versions()))
                        .find("b"))
                .isEmpty();
        assertThat(under(new Circumstances("mvn it", "another", SAME.versions()))
                        .find("b"))
                .isEmpty();
        assertThat(under(new Circumstances("mvn it", "a machine", List.of("strandline 1 (commit 34)", "restic 2")))
                        .find("b"))
                .isEmpty();
    }

    @Test
    void strandlineOfNoCommit_countsAsNotMeasured() throws IOException {
        var changed = new Circumstances("mvn it", "a machine", List.of("strandline 1 (commit 1234-dirty)"));
        under(changed).keep(CHAPTER);
        assertThat(under(changed).find("b")).isEmpty();

        var unknown = new Circumstances("mvn it", "a machine", List.of("strandline 1", "restic 2"));
        under(unknown).keep(CHAPTER);
        assertThat(under(unknown).find("b")).isEmpty();
    }

    @Test
    void droppedWorkload_isNotFound() throws IOException {
        under(SAME).keep(CHAPTER);
        under(SAME).drop("b");
        under(SAME).drop("c");

        assertThat(under(SAME).find("b")).isEmpty();
    }

    @Test
    void fileThatIsCutShort_isNamed() throws IOException {
        under(SAME).keep(CHAPTER);
        var file = folder.resolve("chapter-b.json");
        var text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));

        assertThatIOException().isThrownBy(() -> under(SAME).find("b")).withMessageContaining(file + ", delete it");
    }
}
