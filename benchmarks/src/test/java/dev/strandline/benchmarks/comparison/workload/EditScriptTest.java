package dev.strandline.benchmarks.comparison.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EditScriptTest {
    private static List<Edit> day(long seed) {
        return EditScript.day(seed, 97, 5, List.of(2, 1, 3));
    }

    @Test
    void sameSeed_isTheSameDay() {
        assertThat(day(7)).isEqualTo(day(7)).isNotEqualTo(day(8));
    }

    @Test
    void day_hasTheStepsAndUpgradesThatWereAskedFor() {
        assertThat(day(7)).hasSize(97);
        assertThat(day(7)).filteredOn(Edit.Upgrade.class::isInstance).hasSize(5);
    }

    @Test
    void upgrades_areNeverMoreThanAPackageHas() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(EditScript.day(seed, 10, 6, List.of(2, 1, 3)))
                    .filteredOn(new Edit.Upgrade(1)::equals)
                    .hasSize(1);
        }
    }

    @Test
    void lines_areOfFilesThatExist() {
        assertThat(day(7)).filteredOn(Edit.Line.class::isInstance).allSatisfy(edit -> {
            var line = (Edit.Line) edit;
            assertThat(line.file()).isBetween(0, ConfigFolder.FILES - 1);
            assertThat(line.line()).isBetween(0, ConfigFolder.lines(line.file()) - 1);
        });
    }

    @Test
    void moreUpgradesThanThereAre_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> EditScript.day(1, 97, 7, List.of(2, 1, 3)));
    }

    @Test
    void packages_haveEnoughUpgradesForAFullRun() {
        int available = PublishedPackages.upgrades().stream()
                .mapToInt(Integer::intValue)
                .sum();

        assertThat(Scale.full().upgrades()).isLessThanOrEqualTo(available);
    }
}
