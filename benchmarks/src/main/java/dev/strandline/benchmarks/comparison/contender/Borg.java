package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;

/** borg. It authenticates what it extracts, and has no way of reading the files back that it wrote. */
final class Borg implements Contender {
    private final Place place;
    private int snapshots;

    Borg(Place place) {
        this.place = place;
    }

    @Override
    public Subject subject() {
        return Subject.BORG;
    }

    @Override
    public String version() throws IOException {
        return Host.run("borg", "--version");
    }

    @Override
    public void create() throws IOException {
        place.clear();
        place.measure(borg("init", "--encryption", "repokey-blake2"));
    }

    @Override
    public Usage snapshot(Path source) throws IOException {
        snapshots++;
        return place.measure(
                borg("create", last(), source.getFileName().toString()).in(Place.parent(source)));
    }

    @Override
    public Restoration restore(Path source, Path target) throws IOException {
        return new Restoration(place.measure(borg("extract", last()).in(target)), target.resolve(source.getFileName()));
    }

    private String last() {
        return "::snapshot-" + snapshots;
    }

    @Override
    public FolderSize size() throws IOException {
        return place.repositorySize();
    }

    private Command borg(String... arguments) {
        return place.command("borg")
                .and(arguments)
                .with("BORG_REPO", place.repository().toString())
                .with("BORG_PASSPHRASE", "a passphrase for a benchmark")
                .with("BORG_BASE_DIR", place.cache().toString());
    }
}
