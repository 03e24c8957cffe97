package dev.strandline.core.check;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.check.CheckReport.Affected;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.Inspection;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a repository. A tree that several snapshots share is walked once. One thread at a time. */
public final class Checker {
    /** Damages told word for word; a disk that loses everything needs no more. */
    private static final int MAX_DAMAGES = 10_000;

    private final Repository repository;
    private final LongConsumer progress;
    private final BooleanSupplier cancelled;
    private final List<String> damages = new ArrayList<>();
    private final Set<String> damageTexts = new HashSet<>();
    private final List<Affected> affected = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<ChunkStream> directoriesSeen = new HashSet<>();
    private final Map<ChunkId, Boolean> chunksSeen = new HashMap<>();
    private boolean promisesCount = true;
    private long affectedCount;
    private long trees;
    private long bytesRead;

    /**
     * @param progress told how many bytes of objects were read
     * @param cancelled asked often; once true, the check ends with a {@link CheckCancelledException}
     */
    public Checker(Repository repository, LongConsumer progress, BooleanSupplier cancelled) {
        this.repository = repository;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    /** @param readFraction of the packs' content to read: 0 for structure only, 1 for everything */
    public CheckReport check(double readFraction) throws RepositoryException {
        var inspection = repository.inspect();
        var listener = new Inspection.Listener() {
            @Override
            public void damaged(DamageException damage) {
                add(damage);
            }

            @Override
            public void lost(ChunkId chunk) {
                chunksSeen.put(chunk, false);
            }

            @Override
            public void unlistable() {
                promisesCount = false;
            }

            @Override
            public void progressed(long bytes) {
                bytesRead += bytes;
                progress.accept(bytes);
                stopWhenCancelled();
            }
        };
        inspection.structure(listener);
        if (readFraction > 0) {
            inspection.data(readFraction, listener);
        }
        var listing = repository.snapshots();
        listing.damaged().forEach(this::add);
        checkParents(listing);
        var source = repository.chunks();
        for (var snapshot : listing.snapshots()) {
            checkTree(snapshot, source);
        }
        return new CheckReport(
                listing.snapshots().size(),
                trees,
                chunksSeen.size(),
                bytesRead,
                List.copyOf(damages),
                List.copyOf(affected),
                affectedCount,
                List.copyOf(notices));
    }

    private void stopWhenCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CheckCancelledException();
        }
    }

    private void add(DamageException damage) {
        String text = String.valueOf(damage.getMessage());
        if (damages.size() < MAX_DAMAGES && damageTexts.add(text)) {
            damages.add(text);
        }
    }

    /** A record that a later one names as its parent and that nobody forgot has been lost. */
    private void checkParents(SnapshotListing listing) {
        var snapshots = listing.snapshots();
        var known = snapshots.stream().map(Snapshot::id).collect(Collectors.toSet());
        known.addAll(listing.forgotten());
        var missing = new HashSet<SnapshotId>();
        for (var snapshot : snapshots) {
            snapshot.record().parent().filter(parent -> !known.contains(parent)).ifPresent(parent -> {
                boolean reported = damages.stream().anyMatch(text -> text.contains(parent.hex()));
                if (missing.add(parent) && !reported) {
                    add(new DamageException(
                            "snapshots/" + parent,
                            "it is missing; snapshot " + snapshot.id().shortHex() + " was compared with it"));
                }
            });
        }
    }

    private void checkTree(Snapshot snapshot, ChunkSource source) throws RepositoryException {
        for (var root : snapshot.record().roots()) {
            var tree = new SnapshotTree(snapshot, source);
            new TreeWalker(tree, source, new Visitor(snapshot, root.path(), source)).walk(tree.at(root.path()));
        }
        for (var state : snapshot.record().systemState()) {
            try {
                checkExtents(state.output().content(), source);
            } catch (DamageException damage) {
                affects(snapshot, "system state '" + state.name().display() + "'", damage);
            }
        }
    }

    private void checkExtents(ChunkStream stream, ChunkSource source) throws RepositoryException {
        var extents = new ExtentReader(source, stream);
        var absent = (ChunkId) null;
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            if (extent instanceof Extent.Chunk(var id, int _) && !isPresent(id, source)) {
                absent = id;
            }
        }
        if (absent != null) {
            throw new DamageException("chunk " + absent, "it is missing or damaged");
        }
    }

    private boolean isPresent(ChunkId id, ChunkSource source) throws RepositoryException {
        Boolean seen = chunksSeen.get(id);
        if (seen == null) {
            seen = source.contains(id) && (promisesCount || isReadable(id, source));
            chunksSeen.put(id, seen);
        }
        return seen;
    }

    private static boolean isReadable(ChunkId id, ChunkSource source) throws RepositoryException {
        try {
            int _ = source.read(id).length;
            return true;
        } catch (DamageException _) {
            return false;
        }
    }

    private void affects(Snapshot snapshot, String place, DamageException damage) {
        affectedCount++;
        if (affected.size() < CheckReport.MAX_AFFECTED) {
            affected.add(new Affected(snapshot.id().shortHex(), place, String.valueOf(damage.getMessage())));
        }
    }

    private final class Visitor implements TreeVisitor {
        private final Snapshot snapshot;
        private final FilePath root;
        private final ChunkSource source;

        Visitor(Snapshot snapshot, FilePath root, ChunkSource source) {
            this.snapshot = snapshot;
            this.root = root;
            this.source = source;
        }

        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            stopWhenCancelled();
            trees++;
            return node == null || directoriesSeen.add(node.entries());
        }

        @Override
        public void visit(FilePath path, Node node) throws RepositoryException {
            if (node instanceof Node.RegularFile file) {
                try {
                    checkExtents(file.content(), source);
                } catch (DamageException damage) {
                    affects(path, damage);
                }
            }
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            affects(directory, damage);
        }

        private void affects(FilePath path, DamageException damage) {
            String place = root.depth() > 0 && path.depth() > 0 && isSingleFile()
                    ? root.display()
                    : root.resolve(path).display();
            Checker.this.affects(snapshot, place, damage);
        }

        private boolean isSingleFile() {
            return snapshot.record().roots().stream()
                    .anyMatch(r -> r.path().equals(root) && !(r.node() instanceof Node.Directory));
        }
    }
}
