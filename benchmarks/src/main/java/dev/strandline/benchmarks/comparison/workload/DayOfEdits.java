package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Samples;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.report.Chapter;
import dev.strandline.benchmarks.comparison.report.Target;
import dev.strandline.benchmarks.comparison.report.Unit;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** (a): a small application and its configuration, which change a little many times, with a snapshot after each time. */
final class DayOfEdits implements Workload {
    private static final long SEED = 20261124;
    private static final long NEEDED_BYTES = 5_000_000_000L;

    @Override
    public String letter() {
        return "a";
    }

    @Override
    public Chapter run(Setting setting, List<Chapter> before) throws IOException {
        var scale = setting.scale();
        setting.requireSpace(letter(), NEEDED_BYTES);
        var packages = new PublishedPackages(setting.downloads());
        packages.fetch();
        try (var trial = new Trial(letter(), setting)) {
            var modules = trial.source().resolve("modules");
            for (var published : PublishedPackages.ALL) {
                packages.install(modules, published, published.versions().getFirst());
            }
            var config = new ConfigFolder(trial.source().resolve("config"));
            config.create();
            String description = String.format(
                    Locale.ROOT,
                    "A day of edits: %s; %d steps, of which %d move a package of the npm registry to its next version and"
                            + " the others change one line of a configuration file; a snapshot after each step.",
                    trial.sourceSize(),
                    scale.steps(),
                    scale.upgrades());
            trial.first(scale.rounds());
            day(trial, packages, config, scale);
            trial.unchanged(
                    scale.shortRounds(),
                    List.of(trial.rsyncSameCopy(), trial.rsyncNewCopy()),
                    new Target.OfSubject(Subject.BORG, 0.4),
                    new Target.OfSubject(Subject.RSYNC_NEW_COPY, 1.2));
            trial.restore(scale.rounds());
            trial.row(Trial.PEAK_MEMORY, Unit.MEMORY, trial.peaks());
            return trial.chapter(description);
        }
    }

    private static void day(Trial trial, PublishedPackages packages, ConfigFolder config, Scale scale)
            throws IOException {
        int[] versions = new int[PublishedPackages.ALL.size()];
        var samples = new Samples();
        var copies = trial.rsyncSize();
        var turns = trial.snapshots(trial.rsyncNewCopy());
        for (var edit : EditScript.day(SEED, scale.steps(), scale.upgrades(), PublishedPackages.upgrades())) {
            switch (edit) {
                case Edit.Line line -> config.apply(line);
                case Edit.Upgrade(int number) -> {
                    var published = PublishedPackages.ALL.get(number);
                    String next = published.versions().get(++versions[number]);
                    packages.install(trial.source().resolve("modules"), published, next);
                }
            }
            trial.round("step", samples, turns);
            copies = copies.plus(trial.rsyncSize());
        }
        trial.wallRow("after a small edit", samples);
        var sizes = trial.sizes();
        sizes.put(Subject.RSYNC_NEW_COPY, copies);
        trial.sizeRows("after the day", sizes, new Target.OfBestPeer(0.4));
        trial.remark("`rsync -a, new copy` of the day is a full copy for each step.");
    }
}
