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

    /** One more name of an inode that is looked at under its first. */
    record OtherName(NodeSlot first) implements NodeSlot {
        @Override
        public Outcome await() throws RepositoryException, InterruptedException {
            return first.await() instanceof Outcome.Vanished
                    ? new Outcome.Failed("the name under which it was to be read vanished, take another snapshot")
                    : first.await();
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
