package dev.strandline.benchmarks.comparison.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeEqualityTest {
    @Test
    void entriesThatRsyncLeavesAlone_areUnchanged() {
        assertThat(TreeEquality.isUnchanged(".f         |a/file")).isTrue();
        assertThat(TreeEquality.isUnchanged(".d         |./")).isTrue();
        assertThat(TreeEquality.isUnchanged(".L          -> there|a/link")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".f...p.....|a/file",
                ">f.st......|a/file",
                "cd+++++++++|a/",
                "*deleting  |gone",
                "hf          => a/other|a/file",
                "rsync: [sender] opendir failed: Permission denied (13)"
            })
    void anythingElse_isADifference(String line) {
        assertThat(TreeEquality.isUnchanged(line)).isFalse();
    }
}
