package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;

/** restic. Its restore reads the files back only when told to. */
final class Restic implements Contender {
    private final Place place;

    Restic(Place place) {
        this.place = place;
    }

    @Override
    public Subject subject() {
        return Subject.RESTIC;
    }

    @Override
    public String version() throws IOException {
        return Host.run("restic", "version");
    }

    @Override
    public void create() throws IOException {
        place.clear();
        place.measure(restic("init"));
    }

    @Override
    public Usage snapshot(Path source) throws IOException {
        return place.measure(
                restic("backup", "--quiet", source.getFileName().toString()).in(Place.parent(source)));
    }

    @Override
    public Restoration restore(Path source, Path target) throws IOException {
        var command = restic("restore", "--quiet", "--verify", "latest", "--target", target.toString());
        return new Restoration(place.measure(command), target.resolve(source.getFileName()));
    }

    @Override
    public FolderSize size() throws IOException {
        return place.repositorySize();
    }

    private Command restic(String... arguments) {
        return place.command("restic")
                .and(arguments)
                .with("RESTIC_REPOSITORY", place.repository().toString())
                .with("RESTIC_PASSWORD", "a passphrase for a benchmark")
                .with("RESTIC_CACHE_DIR", place.cache().toString());
    }
}
