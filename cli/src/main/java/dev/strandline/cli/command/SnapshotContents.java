package dev.strandline.cli.command;

import dev.strandline.cli.configuration.FileCategories;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.history.Change;
import dev.strandline.core.history.SnapshotDifference;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.tree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a snapshot's trees hold and what in them changed, for people who look at the snapshot as a whole. */
final class SnapshotContents {
    private final ChunkSource source;
    private final Consumer<String> damages;

    /** @param damages told what can't be read; all else is told all the same */
    SnapshotContents(ChunkSource source, Consumer<String> damages) {
        this.source = source;
        this.damages = damages;
    }

    /** The regular files of one category. */
    record Category(String name, long files, long bytes) {}

    /** Changes since another snapshot, directories whose entries changed not counted. */
    record Changes(Snapshot since, List<Change> changes) {
        long count(Class<? extends Change> kind) {
            return changes.stream().filter(kind::isInstance).count();
        }
    }

    /** The largest category first. */
    List<Category> categories(Snapshot snapshot, FileCategories categories) throws RepositoryException {
        var counter = new Counter(categories);
        var tree = new SnapshotTree(snapshot, source);
        try {
            new TreeWalker(tree, source, counter).walk(tree.at(FilePath.ROOT));
        } catch (NoSuchSnapshotException _) {
            return List.of();
        }
        return counter.counts.values().stream()
                .sorted(Comparator.comparingLong(Category::bytes).reversed().thenComparing(Category::name))
                .toList();
    }

    Changes changes(Snapshot before, Snapshot after) throws RepositoryException {
        var changes = new ArrayList<Change>();
        try {
            new SnapshotDifference(source, change -> {
                        if (!(change instanceof Change.Modified(var _, Node.Directory _, Node.Directory _))) {
                            changes.add(change);
                        }
                    })
                    .between(before, after);
        } catch (DamageException damage) {
            damages.accept("not all changes can be told: " + damage.getMessage());
        }
        return new Changes(before, changes);
    }

    private final class Counter implements TreeVisitor {
        private final FileCategories categories;
        private final Map<String, Category> counts = new HashMap<>();

        Counter(FileCategories categories) {
            this.categories = categories;
        }

        @Override
        public void visit(FilePath path, Node node) {
            if (node instanceof Node.RegularFile file) {
                var one = new Category(
                        categories.of(path.name().display()), 1, file.content().sizeBytes());
                counts.merge(one.name, one, (a, b) -> new Category(a.name, a.files + b.files, a.bytes + b.bytes));
            }
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            damages.accept(directory.display() + ": " + damage.getMessage());
        }
    }
}
