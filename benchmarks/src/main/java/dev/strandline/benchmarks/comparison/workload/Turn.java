package dev.strandline.benchmarks.comparison.workload;

import dev.strandline.benchmarks.comparison.measure.Subject;
import dev.strandline.benchmarks.comparison.measure.Usage;
import java.io.IOException;

/** What one subject does in each round. */
record Turn(Subject subject, Action action) {
    /** Does it once; what has to happen before is done in here too, unmeasured. */
    interface Action {
        Usage take() throws IOException;
    }
}
