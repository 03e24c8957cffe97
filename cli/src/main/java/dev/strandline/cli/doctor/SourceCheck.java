package dev.strandline.cli.doctor;

import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.MountTable;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what shall be saved is there and can be read. */
final class SourceCheck {
    private static final String NAME = "sources";

    private final HostFileSystem host;

    SourceCheck(HostFileSystem host) {
        this.host = host;
    }

    List<Finding> findings(List<ConfiguredSource> sources) {
        if (sources.isEmpty()) {
            return List.of(Finding.failure(NAME, "there are none", "Write a [[source]] into the configuration."));
        }
        var problems = new ArrayList<Finding>();
        int absent = 0;
        for (var source : sources) {
            var path = source.capture().path();
            var trouble = trouble(path);
            if (trouble.isPresent() && source.capture().optional()) {
                absent++;
            } else {
                trouble.ifPresent(reason -> problems.add(Finding.failure(
                        NAME,
                        path.display() + ": " + reason,
                        "Bring it back, or write optional = true below its [[source]].")));
            }
            source.guards()
                    .requireMount()
                    .filter(mount -> !isMounted(mount))
                    .ifPresent(mount -> problems.add(Finding.failure(
                            NAME,
                            "nothing is mounted at " + mount.display() + ", which " + path.display() + " needs",
                            "Mount it; until then this source is not saved.")));
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        var links = sources.stream()
                .filter(source -> source.isBareLink(host))
                .map(source -> Finding.warning(NAME, source.bareLinkReason(), source.bareLinkHint()))
                .toList();
        if (!links.isEmpty()) {
            return links;
        }
        return List.of(Finding.ok(
                NAME,
                sources.size() - absent + " of " + sources.size() + " there"
                        + (absent == 0 ? "" : ", the others are optional")));
    }

    /** Why it can't be saved. */
    private Optional<String> trouble(FilePath path) {
        try {
            if (path.depth() > 0) {
                try (var parent = host.openDirectory(path.parent())) {
                    if (parent.status(path.name()).type() == FileType.DIRECTORY) {
                        parent.openDirectory(path.name()).close();
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isMounted(FilePath path) {
        try {
            return MountTable.read().contains(path);
        } catch (IOException _) {
            // A machine without /proc can't tell; the run itself will.
            return true;
        }
    }
}
