package dev.strandline.cli.report;

import dev.strandline.cli.output.Quantities;
import dev.strandline.core.report.Forecast;

/** A forecast in words, with how it was made. */
final class ForecastText {
    static final int MONTH_DAYS = 30;
    static final int YEAR_DAYS = 365;

    private ForecastText() {}

    static String of(Forecast forecast) {
        return switch (forecast) {
            case Forecast.Line line ->
                "It grows by " + Quantities.bytes(Math.round(line.bytesPerDay())) + " a day, and so will take "
                        + Quantities.bytes(line.totalBytesIn(MONTH_DAYS)) + " in 30 days and "
                        + Quantities.bytes(line.totalBytesIn(YEAR_DAYS)) + " in a year: a straight line through the "
                        + line.days() + " days from " + line.from() + " to " + line.to()
                        + "; what forget and gc free is not taken off.";
            case Forecast.TooFewDays(long days) ->
                "No forecast yet: it takes " + Forecast.MIN_DAYS + " days that are over, and there "
                        + (days == 1 ? "is 1." : "are " + days + ".");
        };
    }
}
