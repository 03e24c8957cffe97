package dev.strandline.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.repository.RefusedException;
import org.junit.jupiter.api.Test;

final class CrontabBlockTest {
    private static final String OTHERS = "# mine\n\tMAILTO=me\n0 1 * * * echo '# BEGIN strandline'\n\n";
    private static final String BLOCK = "# BEGIN strandline: 1\n* * * * * run\n# END strandline\n";
    private static final String OTHER_BLOCK = "# BEGIN strandline: 2\n0 * * * * run\n# END strandline\n";

    @Test
    void with_nothingOfOursThere_isAddedAtTheEnd() throws RefusedException {
        assertThat(CrontabBlock.with(OTHERS, BLOCK)).isEqualTo(OTHERS + BLOCK);
        assertThat(CrontabBlock.with("", BLOCK)).isEqualTo(BLOCK);
        assertThat(CrontabBlock.with("* * * * * last", BLOCK)).isEqualTo("* * * * * last\n" + BLOCK);
        assertThat(CrontabBlock.find(OTHERS)).isEmpty();
    }

    @Test
    void with_oursThere_isReplacedInItsPlace() throws RefusedException {
        var crontab = OTHERS + BLOCK + OTHERS;
        assertThat(CrontabBlock.find(crontab)).contains(BLOCK);
        assertThat(CrontabBlock.with(crontab, OTHER_BLOCK)).isEqualTo(OTHERS + OTHER_BLOCK + OTHERS);
    }

    @Test
    void without_leavesTheOthersAsTheyWere() throws RefusedException {
        assertThat(CrontabBlock.without(OTHERS + BLOCK + OTHERS)).isEqualTo(OTHERS + OTHERS);
        assertThat(CrontabBlock.without(BLOCK)).isEmpty();
        assertThat(CrontabBlock.without(OTHERS)).isEqualTo(OTHERS);
    }

    @Test
    void lastLineWithoutItsEnd_isOursAllTheSame() throws RefusedException {
        assertThat(CrontabBlock.without(OTHERS + BLOCK.stripTrailing())).isEqualTo(OTHERS);
    }

    @Test
    void halfOfOurs_isRefused() {
        for (var crontab : new String[] {"# BEGIN strandline: 1\n* * * * * run\n", "# BEGIN strandline\n" + BLOCK}) {
            assertThatThrownBy(() -> CrontabBlock.with(crontab, BLOCK))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("without its '# END strandline'");
        }
    }
}
