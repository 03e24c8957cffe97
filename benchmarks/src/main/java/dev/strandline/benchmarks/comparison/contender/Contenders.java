package dev.strandline.benchmarks.comparison.contender;

import dev.strandline.benchmarks.comparison.measure.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All programs that are compared, in the order in which they take their turns. */
public final class Contenders {
    private final List<Contender> snapshotters;
    private final RsyncCopy rsync;

    /**
     * @param distribution Strandline as the build has packaged it
     * @param folder where each gets a place of its own
     */
    public Contenders(Path distribution, Path folder, Meter meter) {
        this.snapshotters = List.of(
                new Strandline(distribution, new Place(folder.resolve("strandline"), meter)),
                new Restic(new Place(folder.resolve("restic"), meter)),
                new Borg(new Place(folder.resolve("borg"), meter)));
        this.rsync = new RsyncCopy(new Place(folder.resolve("rsync"), meter));
    }

    public List<Contender> snapshotters() {
        return snapshotters;
    }

    public RsyncCopy rsync() {
        return rsync;
    }

    /** What each says of itself. */
    public List<String> versions() throws IOException {
        var versions = new ArrayList<String>();
        for (var contender : snapshotters) {
            versions.add(contender.version());
        }
        versions.add(RsyncCopy.version());
        return versions;
    }
}
