package dev.strandline.core.capture;

import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.repository.RepositoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What the walk saw, on its way from the walk's thread to the one that takes it. It holds a bounded number of sightings and of
 * open directories, and makes the walk wait for room.
 */
final class SightingQueue {
    /** Sightings handed over at once: enough to hide the hand-over. */
    private static final int TOGETHER = 128;

    /** Hand-overs that wait. */
    private static final int QUEUED = 16;

    /** Directories that the walk has left and nobody has dealt with yet: each holds a descriptor. */
    private static final int MAX_LEFT = 64;

    private final BlockingQueue<List<Sighting>> queue = new ArrayBlockingQueue<>(QUEUED);
    private final Semaphore mayLeave = new Semaphore(MAX_LEFT);
    private final Set<SharedDirectory> held = ConcurrentHashMap.newKeySet();
    private List<Sighting> together = new ArrayList<>(TOGETHER); // the walk's

    /** The walk's thread: what was seen in the middle of something that must not be interrupted. Never waits. */
    void note(Sighting sighting) {
        together.add(sighting);
    }

    /** The walk's thread. */
    void put(Sighting sighting) throws InterruptedException {
        together.add(sighting);
        if (together.size() >= TOGETHER) {
            handOver();
        }
    }

    /** The walk's thread: the directory stays open until a sighting that lets go of it was taken. */
    void hold(SharedDirectory directory) {
        held.add(directory);
    }

    /** The walk's thread: a sighting that lets go of a directory. Waits until few enough of these wait. */
    void putLast(Sighting sighting) throws InterruptedException {
        together.add(sighting);
        if (!mayLeave.tryAcquire()) {
            handOver();
            mayLeave.acquire();
        }
        if (together.size() >= TOGETHER) {
            handOver();
        }
    }

    /** The walk's thread: nothing comes after this. */
    void end() throws InterruptedException {
        handOver();
        queue.put(List.of());
    }

    private void handOver() throws InterruptedException {
        if (!together.isEmpty()) {
            queue.put(together);
            together = new ArrayList<>(TOGETHER);
        }
    }

    /** The taker's thread: passes on all sightings until the end. */
    void passTo(Sighting.Observer observer) throws RepositoryException, InterruptedException {
        for (var some = queue.take(); !some.isEmpty(); some = queue.take()) {
            for (var sighting : some) {
                sighting.pass(observer);
                if (sighting instanceof Sighting.Left(var visit)) {
                    letGo(visit.directory());
                } else if (sighting instanceof Sighting.ParentLeft(var directory)) {
                    letGo(directory);
                }
            }
        }
    }

    private void letGo(SharedDirectory directory) {
        release(directory);
        mayLeave.release();
    }

    private void release(SharedDirectory directory) {
        if (held.remove(directory)) {
            directory.release();
        }
    }

    /** The taker's thread, when the walk's has ended: nothing stays open. */
    void releaseAll() {
        List.copyOf(held).forEach(this::release);
    }
}
