package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;

/** Strandline's packaged program, with a key file. */
final class Strandline implements Contender {
    private final Path program;
    private final Place place;

    Strandline(Path distribution, Place place) {
        this.program = distribution.resolve("bin/strandline");
        this.place = place;
    }

    @Override
    public Subject subject() {
        return Subject.STRANDLINE;
    }

    @Override
    public String version() throws IOException {
        return Host.run(program.toString(), "version");
    }

    @Override
    public void create() throws IOException {
        place.clear();
        place.measure(strandline("init", "-q"));
    }

    @Override
    public Usage snapshot(Path source) throws IOException {
        return place.measure(strandline("snapshot", "-q", source.toString()));
    }

    @Override
    public Restoration restore(Path source, Path target) throws IOException {
        var command = strandline("restore", "-q", "latest:" + source, "--target", target.toString());
        return new Restoration(place.measure(command), target);
    }

    @Override
    public FolderSize size() throws IOException {
        return place.repositorySize();
    }

    private Command strandline(String... arguments) {
        return place.command(program.toString())
                .and(arguments)
                .with("STRANDLINE_REPOSITORY", place.repository().toString())
                .with("STRANDLINE_KEY_FILE", place.folder().resolve("key").toString())
                .with("STRANDLINE_CACHE_DIR", place.cache().toString());
    }
}
