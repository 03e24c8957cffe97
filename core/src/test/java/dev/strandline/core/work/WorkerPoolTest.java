package dev.strandline.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeouts only end a test that would hang. */
@Timeout(60)
class WorkerPoolTest {
    private final AtomicInteger run = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();

    /** Counts what became of it. */
    private final class Counted implements WorkerPool.Task<Object> {
        @Override
        public void run(Object state) {
            run.incrementAndGet();
        }

        @Override
        public void abandon() {
            abandoned.incrementAndGet();
        }
    }

    @Test
    void awaitAll_manyTasks_allHaveRunEachThreadWithAStateOfItsOwn() throws Exception {
        Set<Object> states = ConcurrentHashMap.newKeySet();
        Set<String> pairs = ConcurrentHashMap.newKeySet();
        var made = new AtomicInteger();
        try (var pool = new WorkerPool<>("test", 4, made::incrementAndGet)) {
            for (int i = 0; i < 1000; i++) {
                pool.submit(state -> {
                    states.add(state);
                    pairs.add(state + " " + Thread.currentThread().getName());
                    run.incrementAndGet();
                });
            }
            pool.awaitAll();
            assertThat(run).hasValue(1000);
        }
        assertThat(states).hasSize(made.get()).hasSameSizeAs(pairs);
        assertThat(made.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void submit_afterAFailure_rethrowsItAndAbandonsTheRest() throws Exception {
        var damage = new DamageException("chunk 1", "it is missing");
        int submitted = 0;
        var pool = new WorkerPool<>("test", 2, Object::new);
        try (pool) {
            var submittedFirst = new CountDownLatch(1);
            pool.submit(_ -> {
                await(submittedFirst);
                throw damage;
            });
            submittedFirst.countDown();
            assertThatThrownBy(pool::awaitAll).isSameAs(damage);
            for (int i = 0; i < 50; i++) {
                submitted++;
                assertThatThrownBy(() -> pool.submit(new Counted())).isSameAs(damage);
            }
        }
        assertThat(run).hasValue(0);
        assertThat(abandoned).hasValue(submitted);
    }

    @Test
    void offer_asManyAsThereAreThreads_areTakenAndNoMore() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var pool = new WorkerPool<>("test", 2, Object::new)) {
            WorkerPool.Task<Object> waiting = _ -> await(goOn);
            assertThat(pool.offer(waiting)).isTrue();
            assertThat(pool.offer(waiting)).isTrue();
            assertThat(pool.offer(new Counted())).isFalse();
            goOn.countDown();
            pool.awaitAll();
            assertThat(pool.offer(new Counted())).isTrue();
            pool.awaitAll();
        }
        assertThat(run).hasValue(1);
        assertThat(abandoned).hasValue(0);
    }

    @Test
    void offer_afterAFailure_rethrowsItAndLeavesTheTaskToTheCaller() throws Exception {
        var damage = new DamageException("chunk 1", "it is missing");
        try (var pool = new WorkerPool<>("test", 1, Object::new)) {
            pool.offer(_ -> {
                throw damage;
            });
            assertThatThrownBy(pool::awaitAll).isSameAs(damage);
            assertThatThrownBy(() -> pool.offer(new Counted())).isSameAs(damage);
        }
        assertThat(run).hasValue(0);
        assertThat(abandoned).hasValue(0);
    }

    @Test
    void awaitAll_twoFailures_theFirstIsTold() throws Exception {
        var first = new IllegalArgumentException("first");
        var failed = new CountDownLatch(1);
        try (var pool = new WorkerPool<>("test", 1, Object::new)) {
            pool.submit(_ -> {
                await(failed);
                throw first;
            });
            WorkerPool.Task<Object> second = _ -> {
                throw new IllegalStateException("second");
            };
            pool.submit(second);
            failed.countDown();
            assertThatThrownBy(pool::awaitAll).isSameAs(first);
        }
    }

    @Test
    void awaitAll_errorInATask_isOurBug() throws Exception {
        try (var pool = new WorkerPool<>("test", 1, Object::new)) {
            var submitted = new CountDownLatch(1);
            pool.submit(_ -> {
                await(submitted);
                throw new AssertionError("broken");
            });
            submitted.countDown();
            assertThatThrownBy(pool::awaitAll)
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("broken");
        }
    }

    @Test
    void submit_stateThatCannotBeMade_failsAndAbandonsTheTask() throws Exception {
        var pool = new WorkerPool<Object>("test", 1, () -> {
            throw new IllegalStateException("no memory");
        });
        try (pool) {
            try {
                pool.submit(new Counted());
            } catch (IllegalStateException _) {
                // The worker was faster.
            }
            assertThatThrownBy(pool::awaitAll).hasMessage("no memory");
        }
        assertThat(run).hasValue(0);
        assertThat(abandoned).hasValue(1);
    }

    @Test
    void close_whileTasksWait_endsTheRunningOneAndAbandonsTheOthers() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var pool = new WorkerPool<>("test", 1, Object::new);
        pool.submit(_ -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                // Swallowed on purpose: the pool must not depend on it.
                interrupted.countDown();
            }
            run.incrementAndGet();
        });
        for (int i = 0; i < 3; i++) {
            pool.submit(new Counted());
        }
        started.await();
        pool.close();
        assertThat(interrupted.getCount()).isZero();
        assertThat(run).hasValue(1);
        assertThat(abandoned).hasValue(3);
        assertThat(threadsNamed("test-0")).isEmpty();
    }

    @Test
    void close_interruptedMeanwhile_joinsAndKeepsTheInterrupt() throws Exception {
        var pool = new WorkerPool<>("joined", 2, Object::new);
        pool.submit(new Counted());
        pool.awaitAll();
        Thread.currentThread().interrupt();
        pool.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(threadsNamed("joined-0")).isEmpty();
        assertThat(threadsNamed("joined-1")).isEmpty();
    }

    @Test
    void submit_interruptedWhileTheQueueIsFull_abandonsThatTask() throws Exception {
        var go = new CountDownLatch(1);
        try (var pool = new WorkerPool<>("test", 1, Object::new)) {
            WorkerPool.Task<Object> waiting = _ -> await(go);
            pool.submit(waiting);
            for (int i = 0; i < 4; i++) {
                pool.submit(waiting);
            }
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.submit(new Counted())).isInstanceOf(InterruptedException.class);
            assertThat(abandoned).hasValue(1);
            go.countDown();
            pool.awaitAll();
        }
        assertThat(run).hasValue(0);
    }

    private static void await(CountDownLatch latch) throws RepositoryException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Thread> threadsNamed(String name) {
        var threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().equals(name) || !thread.isAlive());
        return threads;
    }
}
