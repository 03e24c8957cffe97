package dev.strandline.cli.archive;

import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes part of a snapshot as an archive; memory does not grow with its size. The first damage ends it: an archive that
 * lacks something would not show it.
 */
public final class SnapshotArchiver {
    private final ChunkSource source;
    private final ArchiveFormat format;
    private final boolean filesAndLinksOnly;
    private final BiConsumer<FilePath, String> skipped;
    private final Map<LinkGroup, FilePath> firstNames = new HashMap<>();

    private SnapshotArchiver(
            ChunkSource source, ArchiveFormat format, boolean filesAndLinksOnly, BiConsumer<FilePath, String> skipped) {
        this.source = source;
        this.format = format;
        this.filesAndLinksOnly = filesAndLinksOnly;
        this.skipped = skipped;
    }

    /** @param skipped told of entries that the format can't hold */
    public static SnapshotArchiver tar(ChunkSource source, OutputStream out, BiConsumer<FilePath, String> skipped) {
        return new SnapshotArchiver(source, new TarFormat(out), false, skipped);
    }

    /** @param skipped told of entries that the format can't hold */
    public static SnapshotArchiver zip(ChunkSource source, OutputStream out, BiConsumer<FilePath, String> skipped) {
        return new SnapshotArchiver(source, new ZipFormat(out), true, skipped);
    }

    /** Archives what is at {@code start}; names are relative to it. */
    public void write(SnapshotTree tree, SnapshotTree.Place start) throws RepositoryException, IOException {
        try {
            new TreeWalker(tree, source, new Visitor()).walk(start);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        format.finish();
    }

    private final class Visitor implements TreeVisitor {
        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            if (node != null && path.depth() > 0) {
                try {
                    format.begin(path, node);
                    format.end();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return true;
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) throws RepositoryException {
            throw damage;
        }

        @Override
        public void visit(FilePath path, Node node) throws RepositoryException {
            boolean special = node instanceof Node.Fifo || node instanceof Node.Device;
            if (node instanceof Node.Socket || (special && filesAndLinksOnly)) {
                skipped.accept(path, "the archive format has no " + node.type());
                return;
            }
            try {
                if (!linked(path, node)) {
                    format.begin(path, node);
                    if (node instanceof Node.RegularFile file) {
                        ContentWriter.write(source, file.content(), format.content());
                    }
                    format.end();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean linked(FilePath path, Node node) throws IOException {
            var group = node.metadata().linkGroup();
            if (group.isEmpty()) {
                return false;
            }
            var first = firstNames.putIfAbsent(group.get(), path);
            return first != null && format.link(path, node, first);
        }
    }
}
