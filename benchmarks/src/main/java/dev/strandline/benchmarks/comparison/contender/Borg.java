package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

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
        return snapshot(borg("create", last()), source);
    }

    @Override
    public Usage snapshot(Path source, Instant time) throws IOException {
        return snapshot(borg("create", "--timestamp", utc(time), at(time)), source);
    }

    private Usage snapshot(Command create, Path source) throws IOException {
        return place.measure(create.and(source.getFileName().toString()).in(Place.parent(source)));
    }

    @Override
    public Restoration restore(Path source, Path target) throws IOException {
        return restore(last(), source, target);
    }

    @Override
    public Restoration restore(Path source, Path target, Instant time) throws IOException {
        return restore(at(time), source, target);
    }

    private Restoration restore(String archive, Path source, Path target) throws IOException {
        return new Restoration(
                place.measure(borg("extract", archive).in(target)), target.resolve(source.getFileName()));
    }

    private static String at(Instant time) {
        return "::" + utc(time);
    }

    private static String utc(Instant time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    @Override
    public List<Command> collection(Retention retention) {
        return List.of(
                borg(
                        "prune",
                        "--keep-last",
                        Integer.toString(retention.last()),
                        "--keep-daily",
                        Integer.toString(retention.daysBefore())),
                borg("compact"));
    }

    @Override
    public int count() throws IOException {
        return (int) place.ask(borg("list", "--short")).lines().count();
    }

    @Override
    public void check() throws IOException {
        place.measure(borg("check"));
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
