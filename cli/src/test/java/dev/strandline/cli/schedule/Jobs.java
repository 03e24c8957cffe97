package dev.strandline.cli.schedule;

import dev.strandline.core.path.FilePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Jobs as tests need them. */
final class Jobs {
    static final Reach PLAIN =
            new Reach(List.of(FilePath.of("/backup/web"), FilePath.of("/root/.cache/strandline")), false, false, false);

    private Jobs() {}

    static Job with(Reach reach) {
        return new Job(
                "/opt/strandline/bin/strandline",
                "/etc/strandline/strandline.toml",
                "/root/.cache/strandline",
                Duration.ofMinutes(15),
                Optional.empty(),
                "skip",
                "root",
                reach);
    }

    static Job at(String launcher, String configuration) {
        return new Job(
                launcher,
                configuration,
                "/root/.cache/strandline",
                Duration.ofMinutes(15),
                Optional.of(Duration.ofHours(6)),
                "wait",
                "backup",
                PLAIN);
    }
}
