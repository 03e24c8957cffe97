package dev.strandline.benchmarks.comparison.contender;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Strandline's packaged program, with a key file. */
final class Strandline implements Contender {
    private final Path distribution;
    private final Path program;
    private final Place place;

    Strandline(Path distribution, Place place) {
        this.distribution = distribution;
        this.program = distribution.resolve("bin/strandline");
        this.place = place;
    }

    @Override
    public Subject subject() {
        return Subject.STRANDLINE;
    }

    @Override
    public String version() throws IOException {
        String version = Host.run(program.toString(), "version");
        return version + commit().map(commit -> " (commit " + commit + ")").orElse("");
    }

    /** Of the sources, where they are in a git repository. */
    private Optional<String> commit() {
        try {
            return Optional.of(
                    Host.run(distribution, "git", "describe", "--always", "--exclude", "*", "--dirty", "--abbrev=12"));
        } catch (IOException _) {
            return Optional.empty();
        }
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
    public Usage snapshot(Path source, Instant time) throws IOException {
        return place.measure(strandline("snapshot", "-q", "--time", time.toString(), source.toString()));
    }

    @Override
    public Restoration restore(Path source, Path target) throws IOException {
        return restore("latest", source, target);
    }

    @Override
    public Restoration restore(Path source, Path target, Instant time) throws IOException {
        return restore("@" + time, source, target);
    }

    private Restoration restore(String snapshot, Path source, Path target) throws IOException {
        var command = strandline("restore", "-q", snapshot + ":" + source, "--target", target.toString());
        return new Restoration(place.measure(command), target);
    }

    /** The rules stand in the configuration; {@code gc} applies them first. */
    @Override
    public List<Command> collection(Retention retention) throws IOException {
        var configuration = Files.writeString(
                place.folder().resolve("strandline.toml"), """
                [retention]
                keep-last = %d
                keep-daily = %d
                """.formatted(retention.last(), retention.days()));
        return List.of(strandline("gc", "-q").with("STRANDLINE_CONFIG", configuration.toString()));
    }

    @Override
    public int count() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(place.ask(strandline("list", "--json")))
                .size();
    }

    @Override
    public void check() throws IOException {
        place.measure(strandline("check", "-q"));
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
