package dev.strandline.core.browse;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Node;
import org.jspecify.annotations.Nullable;

/**
 * Told what a {@link TreeWalker} meets; paths are relative to where it started, which itself is the path of no
 * components.
 */
public interface TreeVisitor {
    /**
     * A directory begins.
     *
     * @param node null for a directory that was not captured itself, on the way to what was
     * @return whether to go into it; without, {@link #leave} is not called
     */
    default boolean enter(FilePath path, Node.@Nullable Directory node) throws RepositoryException {
        return true;
    }

    /** All entries of the directory that was entered last and not yet left have been told. */
    default void leave(FilePath path) throws RepositoryException {}

    /** An entry that is no directory. */
    void visit(FilePath path, Node node) throws RepositoryException;

    /** The directory's remaining entries can't be read; {@link #leave} follows. */
    void damaged(FilePath directory, DamageException damage) throws RepositoryException;
}
