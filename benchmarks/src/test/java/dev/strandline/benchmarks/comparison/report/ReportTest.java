package dev.strandline.benchmarks.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.benchmarks.comparison.measure.Subject;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Page and chart of two rows. */
final class ReportTest {
    private static final Row MET = new Row(
            "a",
            "unchanged",
            11,
            Unit.SECONDS,
            Map.of(Subject.STRANDLINE, 0.2, Subject.RESTIC, 2.0, Subject.BORG, 1.0, Subject.RSYNC_NEW_COPY, 0.25),
            List.of(new Target.OfBestPeer(0.4)));
    private static final Row MISSED = new Row(
            "b",
            "peak memory",
            0,
            Unit.MEMORY,
            Map.of(Subject.STRANDLINE, 5e8, Subject.BORG, 1e8),
            List.of(new Target.Absolute(4e8)));

    private static Report report(boolean quick) {
        return report(quick, "2026-11-24");
    }

    private static Report report(boolean quick, String dateOfB) {
        return new Report(
                quick,
                new Circumstances("mvn it", "a machine", List.of("strandline 1", "restic <2>")),
                List.of(
                        new Chapter("a", "2026-11-24", "Small & quick.", List.of(MET), true, List.of()),
                        new Chapter("b", dateOfB, "Big.", List.of(MISSED), true, List.of("something differs."))));
    }

    private static Document chart(boolean quick) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(RatioChart.svg(report(quick)))));
    }

    @Test
    void page_hasALineForEachRow() {
        assertThat(report(false).markdown("chart.svg"))
                .contains("| (a) | unchanged | 11 | 0.200 s | 2.000 s | 1.000 s | rsync -a, new copy 0.250 s | borg 0.2"
                        + " | ≤ 0.4 × borg | yes |\n")
                .contains("| (b) | peak memory |  | 500 MB | – | 100 MB |  | borg 5.0 | ≤ 400 MB | **no** |\n");
    }

    @Test
    void page_saysPlainlyWhatIsMissed() {
        assertThat(report(false).markdown("chart.svg"))
                .contains("1 of 2 targets met. Missed: (b) peak memory, ≤ 400 MB.");
    }

    @Test
    void page_tellsDateMachineCommandProgramsAndRemarks() {
        assertThat(report(false).markdown("chart.svg"))
                .contains("on 2026-11-24.\n", "a machine", "$ mvn it", "strandline 1; restic <2>", "(chart.svg)")
                .contains("- (b): something differs.")
                .doesNotContain("quick run");
    }

    @Test
    void page_ofARunThatWasResumed_tellsBothDays() {
        assertThat(report(false, "2026-11-25").markdown("chart.svg"))
                .contains("on 2026-11-24 (a) and on 2026-11-25 (b).\n");
    }

    @Test
    void page_ofAQuickRun_saysSo() {
        assertThat(report(true).markdown("chart.svg")).contains("**This was a quick run:**");
    }

    @Test
    void chart_hasABarForEachRatioAndAMarkForItsTarget() throws Exception {
        var chart = chart(false);

        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(RatioChart.svg(report(false)))
                .containsOnlyOnce("class=\"target\"")
                .contains(">(a) unchanged ÷ borg<", ">0.2<", ">(b) peak memory ÷ borg<", ">5.0<")
                .contains("prefers-color-scheme: dark");
    }

    @Test
    void chart_cutsBarsThatAreTooLong() throws Exception {
        var bars = chart(false).getElementsByTagName("rect");
        var small = bars.item(0).getAttributes();
        var cut = bars.item(1).getAttributes();

        assertThat(Double.parseDouble(cut.getNamedItem("width").getNodeValue()))
                .isEqualTo(10 * Double.parseDouble(small.getNamedItem("width").getNodeValue()));
    }
}
