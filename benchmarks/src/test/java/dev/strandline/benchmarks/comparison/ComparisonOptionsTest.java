package dev.strandline.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComparisonOptionsTest {
    private static ComparisonOptions parse(String line) {
        return ComparisonOptions.parse(
                List.of(("--docs /docs --work /area " + line).strip().split(" +", -1)));
    }

    @Test
    void fullRun_isPublished() {
        assertThat(parse("").pageFolder()).isEqualTo(Path.of("/docs"));
        assertThat(parse("--runs 5").pageFolder()).isEqualTo(Path.of("/docs"));
        assertThat(parse("").only()).containsExactly("a", "b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "--only a", "--only a,b,c"})
    void partOfIt_staysInTheWorkFolder(String options) {
        assertThat(parse(options).pageFolder()).isEqualTo(Path.of("/area/results"));
    }

    @Test
    void output_winsOverTheUsualPlace() {
        assertThat(parse("--quick --output /elsewhere").pageFolder()).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void command_repeatsWhatChangesTheFigures() {
        assertThat(parse("").command()).isEqualTo("mvn -B -ntp -Pcomparison package");
        assertThat(parse("--only b,a --runs 2 --quick --resume").command())
                .isEqualTo("mvn -B -ntp -Pcomparison package -Dcomparison='--quick --only a,b --runs 2'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--only", "--only e", "--only a,", "--runs 0", "--runs many"})
    void whatIsWrong_isRefused(String options) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(options)).withMessageMatching(".*(--|option).*");
    }
}
