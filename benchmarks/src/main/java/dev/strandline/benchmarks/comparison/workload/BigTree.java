package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Target;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** (b): a copy of installed software. */
final class BigTree implements Workload {
    private static final double MEMORY_LIMIT_BYTES = 400e6;
    /** A folder that is so many times larger than what is still wanted is passed over. */
    private static final int TOO_MUCH = 4;
    /** Source, three copies, three restored trees, and three repositories that are smaller. */
    private static final int SIZES_NEEDED = 9;

    @Override
    public String letter() {
        return "b";
    }

    @Override
    public Chapter run(Setting setting, List<Chapter> before) throws IOException {
        var scale = setting.scale();
        try (var trial = new Trial(letter(), setting)) {
            var copied = copySoftware(trial.source(), setting);
            String description = String.format(
                    Locale.ROOT,
                    "A big tree: installed software, %s, a copy of %s.",
                    trial.sourceSize(),
                    names(copied));
            trial.first(scale.rounds(), new Target.OfBestPeer(0.4));
            trial.sizeRows("after the first", trial.sizes(), new Target.OfBestPeer(0.92));
            trial.unchanged(scale.rounds(), List.of(trial.rsyncSameCopy()), new Target.OfBestPeer(0.15));
            trial.restore(scale.rounds(), new Target.OfBestPeer(0.5));
            trial.row(Trial.PEAK_MEMORY, Unit.MEMORY, trial.peaks(), new Target.Absolute(MEMORY_LIMIT_BYTES));
            return trial.chapter(description);
        }
    }

    private List<Path> copySoftware(Path target, Setting setting) throws IOException {
        var scale = setting.scale();
        var copied = new ArrayList<Path>();
        var sum = FolderSize.NONE;
        for (var folder : scale.software()) {
            if (sum.files() >= scale.softwareFiles() && sum.bytes() >= scale.softwareBytes()) {
                break;
            }
            if (!Files.isDirectory(folder)) {
                continue;
            }
            var size = FolderSize.of(folder);
            if (size.files() > TOO_MUCH * scale.softwareFiles() || size.bytes() > TOO_MUCH * scale.softwareBytes()) {
                continue;
            }
            setting.requireSpace(letter(), SIZES_NEEDED * size.bytes());
            Host.run("cp", "-a", folder.toString(), target.toString());
            copied.add(folder);
            sum = sum.plus(size);
        }
        if (sum.files() < scale.softwareFiles() || sum.bytes() < scale.softwareBytes()) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "workload (b) wants %,d files and %,d bytes of installed software; this machine has %,d and %,d",
                    scale.softwareFiles(),
                    scale.softwareBytes(),
                    sum.files(),
                    sum.bytes()));
        }
        return copied;
    }

    private static String names(List<Path> copied) {
        return copied.size() <= 3
                ? String.join(", ", copied.stream().map(Path::toString).toList())
                : copied.size() + " folders of " + copied.getFirst().getParent();
    }
}
