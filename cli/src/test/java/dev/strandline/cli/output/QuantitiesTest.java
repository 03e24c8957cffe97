package dev.strandline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1280, 1.3 KiB",
        "102348, 99.9 KiB",
        "102400, 100 KiB",
        "1048575, 1024 KiB",
        "1048576, 1.0 MiB",
        "9223372036854775807, 8.0 EiB",
        "-2048, -2.0 KiB"
    })
    void bytes_haveThreeDigitsAndAUnit(long count, String text) {
        assertThat(Quantities.bytes(count)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.00 s",
        "5, 0.01 s",
        "1004, 1.00 s",
        "59999, 60.00 s",
        "60000, 1 min 00 s",
        "185000, 3 min 05 s",
        "7800000, 2 h 10 min",
        "90000000, 25 h 00 min"
    })
    void durations_haveTheUnitsThatMatter(long millis, String text) {
        assertThat(Quantities.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Property
    void counts_areGroupedAsFormatDoes(@ForAll long count) {
        assertThat(Quantities.count(count)).isEqualTo(String.format(Locale.ROOT, "%,d", count));
    }

    @Property
    void kibibytes_areRoundedAsFormatDoes(@ForAll @LongRange(min = 1024, max = 102_399) long count) {
        assertThat(Quantities.bytes(count)).isEqualTo(String.format(Locale.ROOT, "%.1f KiB", count / 1024.0));
    }
}
