package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Target;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** (d): more files than memory should hold entries of. */
final class ManySmallFiles implements Workload {
    private static final long SEED = 1_000_000;
    private static final int SHORTEST_BYTES = 100;
    private static final int LONGEST_BYTES = 1000;
    /** What a small file takes on a disk. */
    private static final long BLOCK_BYTES = 4096;
    /** Source, a copy, three restored trees; the repositories are small. */
    private static final int SIZES_NEEDED = 6;

    private static final double MEMORY_LIMIT_BYTES = 400e6;
    /** With ten times the files of (b), memory that is flat grows by no more than this. */
    private static final double FLAT = 1.25;

    @Override
    public String letter() {
        return "d";
    }

    @Override
    public Chapter run(Setting setting, List<Chapter> before) throws IOException {
        var scale = setting.scale();
        long files = (long) scale.smallFolders() * scale.smallFilesEach();
        setting.requireSpace(letter(), SIZES_NEEDED * BLOCK_BYTES * files);
        try (var trial = new Trial(letter(), setting)) {
            create(trial.source(), scale);
            String description = String.format(
                    Locale.ROOT,
                    "Many small files: %s of text, %,d in each folder.",
                    trial.sourceSize(),
                    scale.smallFilesEach());
            trial.first(scale.longRounds());
            trial.sizeRows("after the first", trial.sizes());
            trial.unchanged(
                    scale.rounds(),
                    List.of(trial.rsyncSameCopy(), trial.find()),
                    new Target.OfSubject(Subject.FIND, 1.5));
            trial.restore(scale.longRounds());
            memoryRow(trial, before);
            return trial.chapter(description);
        }
    }

    private static void memoryRow(Trial trial, List<Chapter> before) {
        var peaks = trial.peaks();
        before.stream()
                .flatMap(chapter -> chapter.rows().stream())
                .filter(row -> row.workload().equals("b") && row.measure().equals(Trial.PEAK_MEMORY))
                .map(row -> row.figures().get(Subject.STRANDLINE))
                .forEach(peak -> peaks.put(Subject.STRANDLINE_ON_BIG_TREE, peak));
        trial.row(
                Trial.PEAK_MEMORY,
                Unit.MEMORY,
                peaks,
                new Target.Absolute(MEMORY_LIMIT_BYTES),
                new Target.OfSubject(Subject.STRANDLINE_ON_BIG_TREE, FLAT));
    }

    private static void create(Path tree, Scale scale) throws IOException {
        var random = new Random(SEED);
        for (int i = 0; i < scale.smallFolders(); i++) {
            var folder = Files.createDirectory(tree.resolve("folder-" + i));
            for (int j = 0; j < scale.smallFilesEach(); j++) {
                Files.write(folder.resolve("file-" + j + ".txt"), text(random));
            }
        }
    }

    private static byte[] text(Random random) {
        int length = random.nextInt(SHORTEST_BYTES, LONGEST_BYTES + 1);
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append("item ")
                    .append(random.nextInt(1000))
                    .append(" = ")
                    .append(random.nextInt())
                    .append('\n');
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
