package dev.strandline.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.path.FilePath;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChangedPathsTest {
    @Test
    void mayContain_whatWasSaid_andNothingElse() {
        var changed = ChangedPaths.of(List.of(FilePath.of("/etc"), FilePath.of("/etc/hosts")));
        assertThat(changed.mayContain(FilePath.of("/etc/hosts"))).isTrue();
        assertThat(changed.mayContain(FilePath.of("/etc"))).isTrue();
        assertThat(changed.mayContain(FilePath.of("/etc/passwd"))).isFalse();
        assertThat(changed.mayContain(FilePath.ROOT)).isFalse();
    }

    @Test
    void digest_isTheBeginningOfSha256() {
        // printf /etc/hosts | sha256sum
        assertThat(ChangedPaths.digest(FilePath.of("/etc/hosts"))).isEqualTo(0x4a666ea3);
    }

    @Test
    void of_moreThanARecordHolds_isRefused() {
        var many = IntStream.rangeClosed(0, ChangedPaths.MAX_PATHS)
                .mapToObj(i -> FilePath.of("/" + i))
                .toList();
        assertThatThrownBy(() -> ChangedPaths.of(many)).hasMessageContaining("too many");
    }
}
