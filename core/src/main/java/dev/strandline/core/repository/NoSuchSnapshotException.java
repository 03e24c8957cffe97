package dev.strandline.core.repository;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Collectors;

/** What was named is no snapshot, or several, or holds no such path. */
public final class NoSuchSnapshotException extends RepositoryException {
    private static final long serialVersionUID = 1L;

    /** @param nearest snapshots that may have been meant, for the guidance */
    public NoSuchSnapshotException(String message, List<Snapshot> nearest) {
        super(message, guidance(nearest), null);
    }

    /** @param guidance what to do instead */
    public NoSuchSnapshotException(String message, String guidance) {
        super(message, guidance, null);
    }

    private static String guidance(List<Snapshot> nearest) {
        return nearest.isEmpty()
                ? "Run 'strandline list' to see what there is."
                : nearest.stream()
                        .map(snapshot -> "\n  " + snapshot.id().shortHex() + "  "
                                + snapshot.record().name() + "  "
                                + ByteText.display(
                                        ByteText.encode(snapshot.record().message())))
                        .collect(Collectors.joining("", "Nearest:", ""));
    }
}
