package dev.strandline.core.work;

import dev.strandline.core.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Up to a fixed number of threads, started as there is work, each with a state of its own, behind a bounded queue. The first failure of a task stops the
 * pool and reaches whoever hands over or awaits next. Safe for use by several threads, but closed by one.
 *
 * @param <S> what each thread has for itself: a buffer, a lane
 */
public final class WorkerPool<S> implements AutoCloseable {
    /** Tasks that wait per thread; more would only hold memory. */
    private static final int QUEUED_PER_WORKER = 4;

    /** A piece of work. */
    public interface Task<S> {
        void run(S state) throws RepositoryException;

        /** Called instead of {@link #run} when the pool stopped before. */
        default void abandon() {}
    }

    private final BlockingQueue<Task<S>> queue;
    private final String name;
    private final int workerCount;
    private final Supplier<S> states;
    private final Object monitor = new Object();
    private final List<Thread> threads = new ArrayList<>(); // guarded by monitor
    private int unfinished; // guarded by monitor
    private @Nullable Throwable failure; // guarded by monitor
    private boolean closed; // guarded by monitor

    /** @param states called once by each thread */
    public WorkerPool(String name, int workerCount, Supplier<S> states) {
        this.name = name;
        this.workerCount = workerCount;
        this.states = states;
        queue = new ArrayBlockingQueue<>(workerCount * QUEUED_PER_WORKER);
    }

    /** Hands over a task; waits while the queue is full. */
    public void submit(Task<S> task) throws RepositoryException, InterruptedException {
        begin();
        try {
            queue.put(task);
        } catch (InterruptedException e) {
            finishOne();
            task.abandon();
            throw e;
        }
        rethrowFailure();
    }

    /**
     * Hands over a task that a thread is free for.
     *
     * @return false when there is none: the task is still the caller's
     */
    public boolean offer(Task<S> task) throws RepositoryException {
        rethrowFailure();
        synchronized (monitor) {
            if (closed || unfinished >= workerCount) {
                return false;
            }
            begin();
            queue.add(task);
        }
        return true;
    }

    private void begin() {
        synchronized (monitor) {
            if (threads.size() < workerCount) {
                String threadName = name + "-" + threads.size();
                threads.add(Thread.ofPlatform().daemon().name(threadName).start(this::work));
            }
            unfinished++;
        }
    }

    /** Whether a task waits or runs. */
    public boolean isBusy() {
        synchronized (monitor) {
            return unfinished > 0;
        }
    }

    /** Waits until all tasks are done. */
    public void awaitAll() throws RepositoryException, InterruptedException {
        synchronized (monitor) {
            while (unfinished > 0) {
                monitor.wait();
            }
        }
        rethrowFailure();
    }

    private void work() {
        S state = null;
        while (!isClosed()) {
            try {
                var task = queue.take();
                try {
                    if (state == null && !isStopped()) {
                        state = makeState();
                    }
                    if (state == null || isStopped()) {
                        task.abandon();
                    } else {
                        task.run(state);
                    }
                } catch (RepositoryException | RuntimeException | Error e) {
                    // Before the task counts as done, so that who waits for that learns of it.
                    fail(e);
                } finally {
                    finishOne();
                }
            } catch (InterruptedException _) {
                // Only close() interrupts, and the loop asks for that.
            }
        }
    }

    /** Null when it can't be made, which stops the pool: the task that it was for is still to be abandoned. */
    private @Nullable S makeState() {
        try {
            return states.get();
        } catch (RuntimeException | Error e) {
            fail(e);
            return null;
        }
    }

    private void finishOne() {
        synchronized (monitor) {
            unfinished--;
            monitor.notifyAll();
        }
    }

    private void fail(Throwable cause) {
        synchronized (monitor) {
            if (failure == null) {
                failure = cause;
            }
        }
    }

    private boolean isClosed() {
        synchronized (monitor) {
            return closed;
        }
    }

    private boolean isStopped() {
        synchronized (monitor) {
            return closed || failure != null;
        }
    }

    private void rethrowFailure() throws RepositoryException {
        Throwable cause;
        synchronized (monitor) {
            cause = failure;
        }
        switch (cause) {
            case null -> {}
            case RepositoryException e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException("a worker failed", e);
        }
    }

    /** Lets each thread end its task; what still waits is abandoned. */
    @Override
    public void close() {
        List<Thread> started;
        synchronized (monitor) {
            closed = true;
            started = List.copyOf(threads);
        }
        started.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (var thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        for (var task = queue.poll(); task != null; task = queue.poll()) {
            task.abandon();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
