package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.output.Output;
import dev.strandline.core.repository.RepositoryException;
import java.util.Optional;

/** Does in a moment what takes a moment, and starts over with the optimising compiler when there is more to do. */
final class QuickStart {
    private QuickStart() {}

    /** A piece of work. */
    interface Attempt<T> {
        /** Empty, with nothing done that could be noticed, when more than {@code maximumBytes} would have to be read. */
        Optional<T> run(long maximumBytes) throws RepositoryException;
    }

    /**
     * @param mayStartOver whether what was done until an attempt ends can be done again, and nobody would notice
     * @param maximumQuickBytes what the attempt may do as it is, one of {@link Restart}'s
     */
    static <T> T attempt(
            Context context, Output output, boolean mayStartOver, long maximumQuickBytes, Attempt<T> attempt)
            throws RepositoryException {
        if (context.restart().isPresent()) {
            if (mayStartOver) {
                output.hold();
                try {
                    var done = attempt.run(maximumQuickBytes);
                    if (done.isPresent()) {
                        return done.get();
                    }
                    output.forget();
                } finally {
                    output.release();
                }
            }
            context.restart().get().run();
        }
        return attempt.run(Long.MAX_VALUE).orElseThrow();
    }
}
