package dev.strandline.store.repository;

import dev.strandline.core.repository.BusyException;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.Repository;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.crypto.MasterKey;
import dev.strandline.store.crypto.RepositoryId;
import dev.strandline.store.index.ChunkIndex;
import dev.strandline.store.testkit.MemoryObjects;
import dev.strandline.store.testkit.ReplayedBackend;
import dev.strandline.store.testkit.ReplayedBackend.Answered;
import dev.strandline.store.testkit.ReplayedBackend.Call;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Goes through every order in which actors can make their calls of one backend, and every moment at which one of them can die.
 * Writers, collections and forgetting are the real ones, on an index in memory. One thread.
 *
 * <p>An actor is a function of the answers that it got, which is checked. So a state is what the backend holds and, of each
 * actor, those answers, all compared in full; two ways to the same state lead on alike, and only one is followed. Of an actor
 * that is at its end, what it got matters no more.
 *
 * <p>Where all orders are too many, those are followed in which an actor that could go on has to wait for another one so and
 * so often at most (Musuvathi and Qadeer, Iterative Context Bounding, 2007).
 */
final class ProtocolExplorer {
    static final int ANY = Integer.MAX_VALUE;
    static final long PACK_BYTES = 1 << 20;
    private static final Answered BEGIN = new Answered("begin", true);
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
     * @param stale kinds of objects of which he sees the first list again, a fault to be found
     */
    record Actor(String name, Duration ahead, Set<ObjectKind> stale, Work work) {}

    /** What is looked at when all have come to an end. */
    interface Verdict {
        /** @return what is wrong */
        Optional<String> of(Backend backend, Set<SnapshotId> committed) throws RepositoryException;
    }

    /**
     * How far an actor has come: a function of the answers that it got.
     *
     * @param number counted for each actor
     * @param next the call that it makes next; empty at its end
     * @param later where each answer leads
     */
    private record Moment(
            int number,
            Optional<Call> next,
            Optional<SnapshotId> committed,
            String outcome,
            Map<Answered, Moment> later) {}

    /** What the backend holds, with a number instead of it. */
    private record Content(MemoryObjects objects, int number) {}

    /**
     * Where all are.
     *
     * @param turn whose the last call was; -1 at the beginning
     * @param interruptions how often another one made a call although that one could have gone on
     */
    private record State(Content content, List<Moment> moments, int turn, int interruptions, int deaths) {
        boolean interrupts(int who) {
            return turn >= 0 && turn != who && moments.get(turn).next.isPresent();
        }

        State with(Content then, int who, Moment moment) {
            var moved = new ArrayList<>(moments);
            moved.set(who, moment);
            return new State(then, moved, turn, interruptions, deaths);
        }

        State inTurn(int who) {
            return new State(content, moments, who, interruptions + (interrupts(who) ? 1 : 0), deaths);
        }

        State afterDeath() {
            return new State(content, moments, turn, interruptions, deaths + 1);
        }

        int[] numbers(boolean isBounded) {
            var numbers = new int[columns(moments.size(), isBounded)];
            for (int i = 0; i < moments.size(); i++) {
                numbers[i] = moments.get(i).number;
            }
            numbers[moments.size()] = content.number;
            if (isBounded) {
                numbers[moments.size() + 1] = interruptions * (moments.size() + 1) + turn + 1;
            }
            return numbers;
        }

        static int columns(int actors, boolean isBounded) {
            return actors + (isBounded ? 2 : 1);
        }
    }

    /** What was found. */
    record Result(long states, long endings, Map<String, Integer> outcomes, List<String> violations) {}

    private final List<Actor> actors;
    private final int maximumInterruptions;
    private final int maximumDeaths;
    private final Verdict verdict;
    private final int maximumViolations;
    private final Map<MemoryObjects, Content> contents = new HashMap<>();
    private final int[] momentCounts;
    private final List<List<Answered>> histories = new ArrayList<>();
    private final List<Map<String, Moment>> ends = new ArrayList<>();
    private final boolean isBounded;
    private final SeenStates seen;
    private final Map<String, Optional<String>> judged = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long endings;

    /** @param maximumInterruptions how often an actor that could go on may have to wait for another one; for all orders {@link #ANY} */
    ProtocolExplorer(
            List<Actor> actors, int maximumInterruptions, int maximumDeaths, int maximumViolations, Verdict verdict) {
        this.actors = List.copyOf(actors);
        this.maximumInterruptions = maximumInterruptions;
        this.maximumDeaths = maximumDeaths;
        this.maximumViolations = maximumViolations;
        this.verdict = verdict;
        this.momentCounts = new int[actors.size()];
        this.isBounded = maximumInterruptions < ANY;
        this.seen = new SeenStates(State.columns(actors.size(), isBounded));
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
        var begin = new ArrayList<Moment>();
        for (int i = 0; i < actors.size(); i++) {
            ends.add(new HashMap<>());
            histories.add(new ArrayList<>());
            begin.add(goOn(i, add(i, Optional.empty(), Optional.empty(), ""), BEGIN, start));
        }
        visit(new State(content(start), begin, -1, 0, 0));
        return new Result(seen.size(), endings, outcomes, violations);
    }

    private Content content(MemoryObjects objects) {
        return contents.computeIfAbsent(objects, _ -> new Content(objects, contents.size()));
    }

    private void visit(State state) throws RepositoryException {
        if (violations.size() >= maximumViolations || !seen.add(state.numbers(isBounded))) {
            return;
        }
        boolean over = true;
        for (int i = 0; i < actors.size(); i++) {
            if (state.moments.get(i).next.isPresent()) {
                over = false;
                if (state.interruptions < maximumInterruptions || !state.interrupts(i)) {
                    step(state.inTurn(i), i);
                }
                if (state.deaths < maximumDeaths && !histories.get(i).isEmpty()) {
                    die(state, i);
                }
            }
        }
        if (over) {
            end(state);
        }
    }

    private void step(State state, int who) throws RepositoryException {
        var moment = state.moments.get(who);
        var call = moment.next.orElseThrow();
        var objects = state.content.objects.copyFor(who);
        var answered = call.on(objects);
        histories.get(who).add(answered);
        var known = moment.later.get(answered);
        var later = known == null ? goOn(who, moment, answered, objects) : known;
        path.addLast(
                actors.get(who).name + ": " + call.what() + (later.next.isEmpty() ? ", ends " + later.outcome : ""));
        visit(state.with(content(objects), who, later));
        path.removeLast();
        histories.get(who).removeLast();
    }

    private void die(State state, int who) throws RepositoryException {
        var objects = state.content.objects.copyFor(who);
        objects.die(who);
        path.addLast(actors.get(who).name + " dies");
        visit(state.with(content(objects), who, end(who, Optional.empty(), "dead"))
                .afterDeath());
        path.removeLast();
    }

    private void end(State state) throws RepositoryException {
        endings++;
        for (int i = 0; i < actors.size(); i++) {
            outcomes.merge(actors.get(i).name + ": " + state.moments.get(i).outcome, 1, Integer::sum);
        }
        judge(state).ifPresent(wrong -> violations.add(wrong + "\n  " + String.join("\n  ", path)));
    }

    /**
     * Has an actor that got an answer go on alone to its end. That is an order, too: so where it comes to on the way is needed
     * anyway, and needs no running again from the beginning.
     *
     * @return where the answer leads
     */
    private Moment goOn(int who, Moment moment, Answered answered, MemoryObjects objects) throws RepositoryException {
        var actor = actors.get(who);
        var backend = new ReplayedBackend(histories.get(who), objects.copyFor(who), actor.stale);
        Optional<SnapshotId> committed = Optional.empty();
        String outcome = "done";
        try (var repository = open(backend, who + 1, actor.ahead)) {
            committed = actor.work.on(repository);
        } catch (BusyException | RefusedException e) {
            outcome = e.getClass().getSimpleName();
        } catch (DamageException e) {
            outcome = "damage: " + e.getMessage();
        }
        var last = moment;
        var answer = answered;
        for (var made : backend.made()) {
            var later = add(who, Optional.of(made.call()), Optional.empty(), "");
            last.later.put(answer, later);
            last = later;
            answer = made.answered();
        }
        last.later.put(answer, end(who, committed, outcome));
        return Objects.requireNonNull(moment.later.get(answered));
    }

    private Moment end(int who, Optional<SnapshotId> committed, String outcome) {
        return ends.get(who).computeIfAbsent(committed + outcome, _ -> add(who, Optional.empty(), committed, outcome));
    }

    private Moment add(int who, Optional<Call> next, Optional<SnapshotId> committed, String outcome) {
        return new Moment(momentCounts[who]++, next, committed, outcome, new HashMap<>(2));
    }

    private Optional<String> judge(State state) throws RepositoryException {
        var committed = new HashSet<SnapshotId>();
        state.moments.forEach(moment -> moment.committed.ifPresent(committed::add));
        var key = state.content.number + " " + committed;
        var known = judged.get(key);
        if (known == null) {
            try {
                known = verdict.of(state.content.objects.copyFor(actors.size()), committed);
            } catch (DamageException damage) {
                known = Optional.of(String.valueOf(damage.getMessage()));
            }
            judged.put(key, known);
        }
        return known;
    }
}
