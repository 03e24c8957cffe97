package dev.strandline.cli.options;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Output;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.NoSuchSnapshotException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import dev.strandline.core.snapshot.TimeExpression;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Over which snapshots to look. */
public final class HistoryOptions implements Syntax.Shared {
    private @Nullable String host;
    private @Nullable String since;
    private @Nullable String until;
    private boolean passedOver;

    @Override
    public void declare(Syntax syntax) {
        syntax.name("--host", "NAME", "Only snapshots of this host.", value -> host = value)
                .text("--since", "TIME", "Only snapshots of this time or later.", value -> since = value)
                .text("--until", "TIME", "Only snapshots of this time or earlier.", value -> until = value);
    }

    /** The snapshots, oldest first; those that can't be read are told of and passed over. */
    public List<Snapshot> snapshots(Context context, Repository repository, Output output) throws RepositoryException {
        var from = since == null ? Optional.<Instant>empty() : Optional.of(time(since, context));
        var to = until == null ? Optional.<Instant>empty() : Optional.of(time(until, context));
        var listing = repository.snapshots();
        passedOver = !listing.damaged().isEmpty();
        listing.damaged().forEach(output::passedOver);
        var chosen = listing.snapshots().stream()
                .filter(snapshot -> host == null || snapshot.record().hostname().equals(host))
                .filter(snapshot -> from.isEmpty() || !snapshot.record().time().isBefore(from.get()))
                .filter(snapshot -> to.isEmpty() || !snapshot.record().time().isAfter(to.get()))
                .toList();
        if (chosen.isEmpty()) {
            throw new NoSuchSnapshotException(
                    listing.snapshots().isEmpty()
                            ? "the repository holds no snapshots"
                            : "no snapshot is of that host and time",
                    List.of());
        }
        return chosen;
    }

    /** Whether some snapshots could not be read. */
    public boolean hasPassedOver() {
        return passedOver;
    }

    /** A moment that a user has written. */
    public static Instant time(String text, Context context) {
        return TimeExpression.parse(text, context.clock().instant(), context.zone())
                .orElseThrow(() -> new UsageException(
                        "'" + ByteText.display(text) + "' is no time: use one like " + TimeExpression.EXAMPLES));
    }
}
