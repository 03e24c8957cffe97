package dev.strandline.core.restore;

import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Passes on only what a {@link RestoreFilter} wants, and the directories that lead to it once they are needed. */
final class FilteredVisitor implements TreeVisitor {
    private final RestoreFilter filter;
    private final TreeVisitor target;
    private final Deque<Pending> levels = new ArrayDeque<>();

    private static final class Pending {
        final FilePath path;
        final Node.@Nullable Directory node;
        /** Wanted itself, so all below it is. */
        final boolean wanted;

        boolean passedOn;

        Pending(FilePath path, Node.@Nullable Directory node, boolean wanted) {
            this.path = path;
            this.node = node;
            this.wanted = wanted;
        }
    }

    FilteredVisitor(RestoreFilter filter, TreeVisitor target) {
        this.filter = filter;
        this.target = target;
    }

    @Override
    public boolean enter(FilePath path, Node.@Nullable Directory node) throws RepositoryException {
        if (filter.excludes(path, true)) {
            return false;
        }
        boolean inside = !levels.isEmpty() && levels.peek().wanted;
        levels.push(new Pending(path, node, inside || filter.includes(path, true)));
        if (levels.peek().wanted) {
            passOn();
        }
        return true;
    }

    @Override
    public void leave(FilePath path) throws RepositoryException {
        if (levels.pop().passedOn) {
            target.leave(path);
        }
    }

    @Override
    public void visit(FilePath path, Node node) throws RepositoryException {
        boolean inside = !levels.isEmpty() && levels.peek().wanted;
        if (!filter.excludes(path, false) && (inside || filter.includes(path, false))) {
            passOn();
            target.visit(path, node);
        }
    }

    @Override
    public void damaged(FilePath directory, DamageException damage) throws RepositoryException {
        passOn();
        target.damaged(directory, damage);
    }

    private void passOn() throws RepositoryException {
        var outermostFirst = levels.descendingIterator();
        while (outermostFirst.hasNext()) {
            var level = outermostFirst.next();
            if (!level.passedOn) {
                level.passedOn = true;
                if (!target.enter(level.path, level.node)) {
                    throw new IllegalStateException("a restore enters every directory it is told of");
                }
            }
        }
    }
}
