package dev.strandline.cli.options;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Output;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotListing;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.SnapshotSelector;
import dev.strandline.core.snapshot.TimeExpression;
import java.util.Optional;

/**
 * A snapshot, or a path in one, as it is named everywhere: {@code SNAP} or {@code SNAP:PATH}.
 *
 * @param path absolute, when one was given
 */
public record SnapshotAddress(SnapshotSelector selector, Optional<FilePath> path) {

    /** Parses an address; colons in times are no trouble. */
    public static SnapshotAddress parse(String text, Context context) {
        var whole = selector(text, context);
        if (whole.isPresent()) {
            return new SnapshotAddress(whole.get(), Optional.empty());
        }
        for (int colon = text.lastIndexOf(':'); colon > 0; colon = text.lastIndexOf(':', colon - 1)) {
            var selector = selector(text.substring(0, colon), context);
            if (selector.isPresent()) {
                String path = text.substring(colon + 1);
                return new SnapshotAddress(selector.get(), Optional.of(absolute(path)));
            }
        }
        throw new UsageException(
                text.startsWith("@")
                        ? "'" + ByteText.display(text) + "' is no time: after @ comes one like "
                                + TimeExpression.EXAMPLES
                        : "'" + ByteText.display(text)
                                + "' names no snapshot: use an id, a name like 20251116-151944, latest, latest~1 or"
                                + " @TIME");
    }

    private static FilePath absolute(String path) {
        try {
            return FilePath.of("/" + path).toAbsolute(FilePath.ROOT);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<SnapshotSelector> selector(String text, Context context) {
        return SnapshotSelector.parse(text, context.clock().instant(), context.zone());
    }

    /** The snapshot; those that can't be read are told of and passed over. */
    public Snapshot find(Repository repository, Output output) throws RepositoryException {
        var needed = selector.newestNeeded();
        if (needed.isPresent()) {
            // Without reading all the years before; what is not found among them is looked for with all, for the error.
            var some = repository.newest(needed.getAsInt(), selector::mayBe);
            if (some.damaged().isEmpty() && some.snapshots().size() == needed.getAsInt()) {
                return some.snapshots().getFirst();
            }
        }
        var listing = repository.snapshots();
        listing.damaged().forEach(output::passedOver);
        return find(listing);
    }

    /** The snapshot, of those that were listed. */
    public Snapshot find(SnapshotListing listing) throws RepositoryException {
        return switch (selector.select(listing.snapshots())) {
            case SnapshotSelector.Selection.Found(var snapshot) -> snapshot;
            case SnapshotSelector.Selection.NotFound(var reason, var nearest) ->
                throw new NoSuchSnapshotException(reason, nearest);
        };
    }
}
