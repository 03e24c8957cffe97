package dev.strandline.store.repository;

import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.testkit.MemoryObjects;
import dev.strandline.store.testkit.ReplayedBackend;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Goes through every order in which actors can do their operations on one repository, and every moment at which one of them
 * can die. Two ways to the same objects and the same answers lead on alike, so each is followed once. Writers, collections
 * and forgetting are the real ones, on an index in memory. One thread.
 */
final class ProtocolExplorer {
    static final int ANY = Integer.MAX_VALUE;
    static final long PACK_BYTES = 1 << 20;
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    static final MasterKey KEY = MasterKey.unencrypted(RepositoryId.of(new byte[RepositoryId.BYTES]));

    /** What an actor does. */
    interface Work {
        /** @return the snapshot that is committed from now on; empty for other work */
        Optional<SnapshotId> on(Repository repository) throws RepositoryException;
    }

    /**
     * One who takes part.
     *
     * @param ahead by how much his clock is fast
     * @param deletes whether he is the one who deletes objects of others
     * @param stale kinds of objects of which he sees an earlier list again, a fault to be found
     */
    record Actor(String name, Duration ahead, boolean deletes, Set<ObjectKind> stale, Work work) {}

    /** What is looked at when all have come to an end. */
    interface Verdict {
        /** @return what is wrong */
        Optional<String> of(Backend backend, Set<SnapshotId> committed) throws RepositoryException;
    }

    /** Where an actor is. */
    private record Progress(List<Object> answers, boolean ended, Optional<SnapshotId> committed, String failure) {
        static final Progress NONE = new Progress(List.of(), false, Optional.empty(), "");
    }

    /**
     * Where all are.
     *
     * @param turn whose the last one was
     * @param interruptions how often another one went on although that one could have
     */
    private record State(
            MemoryObjects objects,
            List<Progress> progress,
            int turn,
            int interruptions,
            int deaths,
            List<String> path) {
        String key(boolean bounded) {
            var text = new StringBuilder(objects.describeState()).append(deaths);
            if (bounded) {
                text.append('|').append(turn).append('|').append(interruptions);
            }
            for (var each : progress) {
                text.append('|')
                        .append(ReplayedBackend.describe(each.answers))
                        .append(each.ended)
                        .append(each.committed);
            }
            return digest(text.toString());
        }
    }

    /** What was found. */
    record Result(long states, long endings, Map<String, Integer> outcomes, List<String> violations) {}

    private final List<Actor> actors;
    private final int maximumInterruptions;
    private final int maximumDeaths;
    private final Verdict verdict;
    private final int maximumViolations;
    private final Map<String, Optional<String>> judged = new HashMap<>();

    /** @param maximumInterruptions how often an actor that could go on may have to wait for another one; for all orders {@link #ANY} */
    ProtocolExplorer(
            List<Actor> actors, int maximumInterruptions, int maximumDeaths, int maximumViolations, Verdict verdict) {
        this.actors = List.copyOf(actors);
        this.maximumInterruptions = maximumInterruptions;
        this.maximumDeaths = maximumDeaths;
        this.maximumViolations = maximumViolations;
        this.verdict = verdict;
    }

    /** The front door over any backend; the same seed makes the same names. */
    static Repository open(Backend backend, long seed, Duration ahead) {
        return new OpenRepository(
                backend,
                KEY,
                ChunkIndex::inMemory,
                Clock.fixed(NOW.plus(ahead), ZoneOffset.UTC),
                new Random(seed),
                1,
                PACK_BYTES);
    }

    Result explore(MemoryObjects start) throws RepositoryException {
        var seen = new HashSet<String>();
        var outcomes = new HashMap<String, Integer>();
        var violations = new ArrayList<String>();
        long endings = 0;
        Deque<State> waiting = new ArrayDeque<>();
        waiting.push(new State(start, actors.stream().map(_ -> Progress.NONE).toList(), 0, 0, 0, List.of()));
        while (!waiting.isEmpty() && violations.size() < maximumViolations) {
            var state = waiting.pop();
            if (!seen.add(state.key(maximumInterruptions < ANY))) {
                continue;
            }
            boolean over = true;
            for (int i = 0; i < actors.size(); i++) {
                if (!state.progress.get(i).ended) {
                    over = false;
                    if (mayGoOn(state, i)) {
                        waiting.push(step(state, i));
                    }
                    if (state.deaths < maximumDeaths
                            && !state.progress.get(i).answers.isEmpty()) {
                        waiting.push(die(state, i));
                    }
                }
            }
            if (over) {
                endings++;
                for (int i = 0; i < actors.size(); i++) {
                    var progress = state.progress.get(i);
                    outcomes.merge(
                            actors.get(i).name + ": " + (progress.failure.isEmpty() ? "done" : progress.failure),
                            1,
                            Integer::sum);
                }
                judge(state).ifPresent(wrong -> violations.add(wrong + "\n  " + String.join("\n  ", state.path)));
            }
        }
        return new Result(seen.size(), endings, outcomes, violations);
    }

    private static boolean interrupts(State state, int who) {
        return who != state.turn && !state.progress.get(state.turn).ended && !state.path.isEmpty();
    }

    private boolean mayGoOn(State state, int who) {
        return state.interruptions < maximumInterruptions || !interrupts(state, who);
    }

    private Optional<String> judge(State state) throws RepositoryException {
        var committed = new HashSet<SnapshotId>();
        state.progress.forEach(progress -> progress.committed.ifPresent(committed::add));
        var key = state.objects.describeState() + committed;
        var known = judged.get(key);
        if (known == null) {
            try {
                known = verdict.of(state.objects.copyFor(actors.size()), committed);
            } catch (DamageException damage) {
                known = Optional.of(String.valueOf(damage.getMessage()));
            }
            judged.put(key, known);
        }
        return known;
    }

    private State step(State state, int who) throws RepositoryException {
        var actor = actors.get(who);
        var objects = state.objects.copyFor(who);
        var before = state.progress.get(who);
        Predicate<ObjectName> settled = name -> actor.deletes && name.kind() != ObjectKind.SESSION;
        var backend = new ReplayedBackend(before.answers, objects, settled, actor.stale);
        Optional<SnapshotId> committed = Optional.empty();
        String failure = "";
        try (var repository = open(backend, who + 1, actor.ahead)) {
            committed = actor.work.on(repository);
        } catch (ReplayedBackend.Paused _) {
            // He goes on in his next turn.
        } catch (BusyException | RefusedException e) {
            failure = e.getClass().getSimpleName();
        } catch (DamageException e) {
            failure = "damage: " + e.getMessage();
        }
        var after = backend.isPaused()
                ? new Progress(backend.answers(), false, Optional.empty(), "")
                : new Progress(backend.answers(), true, committed, failure);
        return next(
                state,
                who,
                objects,
                after,
                state.deaths,
                actor.name + ": " + backend.last() + (after.ended ? ", ends " + failure : ""));
    }

    private State die(State state, int who) {
        var objects = state.objects.copyFor(who);
        objects.die(who);
        var before = state.progress.get(who);
        var dead = new Progress(before.answers, true, before.committed, "dead");
        return next(state, who, objects, dead, state.deaths + 1, actors.get(who).name + " dies");
    }

    private static State next(State state, int who, MemoryObjects objects, Progress after, int deaths, String what) {
        var progress = new ArrayList<>(state.progress);
        progress.set(who, after);
        var path = new ArrayList<>(state.path);
        path.add(what);
        boolean died = deaths > state.deaths;
        return new State(
                objects,
                List.copyOf(progress),
                died ? state.turn : who,
                state.interruptions + (!died && interrupts(state, who) ? 1 : 0),
                deaths,
                path);
    }

    private static String digest(String text) {
        try {
            return new String(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
