package dev.strandline.benchmarks.comparison.contender;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** restic. Its restore reads the files back only when told to. */
final class Restic implements Contender {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

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
    public Usage snapshot(Path source, Instant time) throws IOException {
        var command = restic("backup", "--quiet", "--time", TIME.format(time), "--tag", tag(time))
                .and(source.getFileName().toString())
                .in(Place.parent(source));
        return place.measure(command);
    }

    /** By which it is found again; rules of retention group by host and path only. */
    private static String tag(Instant time) {
        return "time-" + time.getEpochSecond();
    }

    @Override
    public Restoration restore(Path source, Path target) throws IOException {
        return restore(restic("restore", "latest"), source, target);
    }

    @Override
    public Restoration restore(Path source, Path target, Instant time) throws IOException {
        return restore(restic("restore", "latest", "--tag", tag(time)), source, target);
    }

    private Restoration restore(Command of, Path source, Path target) throws IOException {
        var command = of.and("--quiet", "--verify", "--target", target.toString());
        return new Restoration(place.measure(command), target.resolve(source.getFileName()));
    }

    @Override
    public List<Command> collection(Retention retention) {
        return List.of(restic(
                "forget",
                "--quiet",
                "--keep-last",
                Integer.toString(retention.last()),
                "--keep-daily",
                Integer.toString(retention.days()),
                "--prune"));
    }

    @Override
    public int count() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(place.ask(restic("snapshots", "--quiet", "--json")))
                .size();
    }

    @Override
    public void check() throws IOException {
        place.measure(restic("check", "--quiet"));
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
