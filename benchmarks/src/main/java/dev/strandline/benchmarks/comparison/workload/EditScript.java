package dev.strandline.benchmarks.comparison.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What happens on a day: mostly single lines, now and then a package. The same seed is the same day. */
final class EditScript {
    private EditScript() {}

    /**
     * Spreads upgrades evenly over the steps.
     *
     * @param upgrades how many of the steps are upgrades
     * @param available how many upgrades there are of each package, in order of the packages
     */
    static List<Edit> day(long seed, int steps, int upgrades, List<Integer> available) {
        var random = new Random(seed);
        var pool = new ArrayList<Edit>();
        for (int number = 0; number < available.size(); number++) {
            pool.addAll(Collections.nCopies(available.get(number), new Edit.Upgrade(number)));
        }
        if (upgrades > pool.size() || upgrades > steps) {
            throw new IllegalArgumentException(
                    upgrades + " upgrades in " + steps + " steps, and there are " + pool.size());
        }
        Collections.shuffle(pool, random);
        var day = new ArrayList<Edit>();
        int done = 0;
        for (int step = 1; step <= steps; step++) {
            boolean due = (long) step * upgrades / steps > done;
            day.add(due ? pool.get(done++) : line(random));
        }
        return day;
    }

    private static Edit line(Random random) {
        int file = random.nextInt(ConfigFolder.FILES);
        return new Edit.Line(file, random.nextInt(ConfigFolder.lines(file)), random.nextInt(1_000_000));
    }
}
