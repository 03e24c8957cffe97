package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** (c): a large file, such as a disk image, in which a few bytes change. */
final class LargeBinary implements Workload {
    private static final long SEED = 4096;
    private static final int CHANGES_PER_STEP = 20;
    private static final int MAX_CHANGE_BYTES = 100;
    /** Source, three copies, three restored files, and three repositories that are smaller. */
    private static final int SIZES_NEEDED = 9;

    @Override
    public String letter() {
        return "c";
    }

    @Override
    public Chapter run(Setting setting, List<Chapter> before) throws IOException {
        var scale = setting.scale();
        setting.requireSpace(letter(), SIZES_NEEDED * scale.binaryBytes());
        try (var trial = new Trial(letter(), setting)) {
            var file = trial.source().resolve("image");
            BinaryContent.write(file, scale.binaryBytes(), SEED);
            trial.first(scale.rounds());
            var sizes = trial.sizes();
            trial.sizeRows("after the first", sizes);
            steps(trial, file, scale.binarySteps());
            growthRow(trial, sizes);
            trial.unchanged(scale.rounds(), List.of(trial.rsyncSameCopy()));
            trial.restore(scale.rounds());
            trial.row(Trial.PEAK_MEMORY, Unit.MEMORY, trial.peaks());
            return trial.chapter(String.format(
                    Locale.ROOT,
                    "A large binary: one file of %,d bytes, two fifths random, the rest compressible; %d steps, each of"
                            + " which overwrites %d places of 1 to %d bytes; a snapshot after each step.",
                    scale.binaryBytes(),
                    scale.binarySteps(),
                    CHANGES_PER_STEP,
                    MAX_CHANGE_BYTES));
        }
    }

    private static void steps(Trial trial, Path file, int count) throws IOException {
        var random = new Random(SEED + 1);
        var samples = new Samples();
        for (int step = 0; step < count; step++) {
            change(file, random);
            trial.round("step", samples, trial.snapshots(trial.rsyncSameCopy()));
        }
        trial.wallRow("after small changes", samples);
    }

    private static void change(Path file, Random random) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < CHANGES_PER_STEP; i++) {
                byte[] bytes = new byte[1 + random.nextInt(MAX_CHANGE_BYTES)];
                random.nextBytes(bytes);
                var buffer = ByteBuffer.wrap(bytes);
                long position = random.nextLong(channel.size() - bytes.length);
                while (buffer.hasRemaining()) {
                    position += channel.write(buffer, position);
                }
            }
        }
    }

    private static void growthRow(Trial trial, Map<Subject, FolderSize> before) throws IOException {
        var growth = new EnumMap<Subject, Double>(Subject.class);
        for (var entry : trial.sizes().entrySet()) {
            var old = before.getOrDefault(entry.getKey(), FolderSize.NONE);
            growth.put(entry.getKey(), (double) (entry.getValue().bytes() - old.bytes()));
        }
        trial.row("repository, growth by all steps, bytes", Unit.BYTES, growth);
    }
}
