package dev.strandline.benchmarks.collection;

import dev.strandline.benchmarks.comparison.contender.Contender;
import dev.strandline.benchmarks.comparison.contender.Contenders;
import dev.strandline.benchmarks.comparison.measure.Host;
import dev.strandline.benchmarks.comparison.measure.Meter;
import dev.strandline.benchmarks.comparison.workload.TreeEquality;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The same snapshots of the same tree in the repository of each program. They are made once; {@link #reset()} brings back
 * what was made, with caches and all, at the same place.
 */
final class SharedHistory {
    /** How often it says how far it is, in snapshots. */
    private static final int NEWS = 24;

    private final Path work;
    private final Size size;
    private final Contenders contenders;

    /** @param work a folder for everything that is made */
    SharedHistory(Path distribution, Path work, Size size, Meter meter) {
        this.work = work;
        this.size = size;
        this.contenders = new Contenders(distribution, places(), meter);
    }

    List<Contender> contenders() {
        return contenders.snapshotters();
    }

    /** The tree as it is after the last snapshot. */
    Path tree() {
        return work.resolve("tree");
    }

    /** A copy of the tree as it was when the oldest snapshot was taken that is to be kept. */
    private Path oldestTree() {
        return work.resolve("oldest");
    }

    /** Repositories, caches and keys that the commands use. */
    private Path places() {
        return work.resolve("places");
    }

    /** How those were when all snapshots had been taken. */
    private Path made() {
        return work.resolve("made");
    }

    /** Replaces whatever an earlier run has made. */
    void make() throws IOException {
        try (var executor = Executors.newFixedThreadPool(contenders().size())) {
            make(executor);
        }
    }

    private void make(ExecutorService executor) throws IOException {
        for (var folder : List.of(tree(), oldestTree(), places(), made())) {
            Host.remove(folder);
        }
        var server = new BusyServer(tree());
        server.install();
        for (var contender : contenders()) {
            contender.create();
        }
        for (int snapshot = 0; snapshot < size.snapshots(); snapshot++) {
            var time = size.time(snapshot);
            server.live(time);
            takeSnapshots(time, executor);
            if (snapshot == size.oldestKept()) {
                copy(tree(), oldestTree());
            }
            if ((snapshot + 1) % NEWS == 0) {
                System.out.println(snapshot + 1 + " of " + size.snapshots() + " snapshots");
            }
        }
        Files.move(places(), made());
    }

    /** All at the same time: nobody measures that. */
    private void takeSnapshots(Instant time, ExecutorService executor) throws IOException {
        var runs = contenders().stream()
                .map(contender -> executor.submit(() -> contender.snapshot(tree(), time)))
                .toList();
        for (var run : runs) {
            try {
                run.get();
            } catch (ExecutionException e) {
                throw new IOException("a snapshot of " + time + " failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    void reset() throws IOException {
        Host.remove(places());
        copy(made(), places());
    }

    private static void copy(Path from, Path to) throws IOException {
        Host.run("cp", "-a", from.toString(), to.toString());
    }

    /**
     * Makes sure that a collection has left what the rules keep, and has harmed none of it: as many snapshots, of which the
     * oldest and the newest restore to what they were taken of, and a repository with which the program finds no fault.
     *
     * @throws IOException when something is wrong
     */
    void verify(Contender contender) throws IOException {
        int count = contender.count();
        if (count != size.retention().kept()) {
            throw new IOException(contender.subject().label() + " has kept " + count + " snapshots instead of "
                    + size.retention().kept());
        }
        contender.check();
        verify(contender, size.oldestKept(), oldestTree());
        verify(contender, size.snapshots() - 1, tree());
    }

    private void verify(Contender contender, int snapshot, Path expected) throws IOException {
        var target = work.resolve("restored");
        Host.remove(target);
        Files.createDirectory(target);
        var restoration = contender.restore(tree(), target, size.time(snapshot));
        var differences = TreeEquality.differences(expected, restoration.tree());
        if (!differences.isEmpty()) {
            throw new IOException(contender.subject().label() + " has restored snapshot " + snapshot + " with "
                    + differences.size() + " differences, the first: " + differences.getFirst());
        }
        Host.remove(target);
    }
}
