package dev.strandline.core.capture;

import dev.strandline.core.repository.RepositoryException;

/** Where the outcome of looking at one entry will be found. */
sealed interface NodeSlot {
    /** Waits for the outcome. */
    Outcome await() throws RepositoryException, InterruptedException;

    record Known(Outcome outcome) implements NodeSlot {
        @Override
        public Outcome await() {
            return outcome;
        }
    }

    /** The {@code index}-th file of a batch. */
    record InBatch(FileBatch batch, int index) implements NodeSlot {
        @Override
        public Outcome await() throws RepositoryException, InterruptedException {
            return batch.await(index);
        }
    }
}
