package dev.strandline.store.testkit;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A backend for somebody who does one operation at a time: those that he has done before are answered as they were then, one
 * more is done, and the next one throws {@link Paused}. What he does between two operations depends on nothing else, so doing
 * it all again takes him to the same point. Safe for use by several threads.
 */
public final class ReplayedBackend implements Backend {
    private final List<Object> answers;
    private final MemoryObjects objects;
    private final Predicate<ObjectName> settled;
    private final Set<ObjectKind> stale;
    private int position; // guarded by this
    private boolean moved; // guarded by this
    private boolean paused; // guarded by this
    private String last = ""; // guarded by this

    /** What ends a turn. */
    public static final class Paused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Paused() {
            super("the turn is over", null, false, false);
        }
    }

    private interface Operation {
        Object on(MemoryObjects objects) throws StorageException, DamageException;
    }

    /** An operation that changed nothing and says so. */
    private record Failed(Exception cause) {}

    /**
     * @param before answers of earlier turns
     * @param settled objects that nobody else will delete: reading them ends no turn, for it could as well be later
     * @param stale kinds of objects of which an earlier list is given again, a fault to be found
     */
    public ReplayedBackend(
            List<Object> before, MemoryObjects objects, Predicate<ObjectName> settled, Set<ObjectKind> stale) {
        this.answers = new ArrayList<>(before);
        this.objects = objects;
        this.settled = settled;
        this.stale = stale;
    }

    /** Whether the turn is over before he is; he may have hidden that behind what he failed for before. */
    public synchronized boolean isPaused() {
        return paused;
    }

    /** The answers so far. */
    public synchronized List<Object> answers() {
        return List.copyOf(answers);
    }

    /** The newest operation. */
    public synchronized String last() {
        return last;
    }

    private Object call(String what, boolean endsTurn, Operation operation) throws StorageException, DamageException {
        Object answer = answer(what, endsTurn, operation);
        if (answer instanceof Failed(var cause)) {
            switch (cause) {
                case StorageException e -> throw e;
                case DamageException e -> throw e;
                default -> throw new IllegalStateException(cause);
            }
        }
        return answer;
    }

    private synchronized Object answer(String what, boolean endsTurn, Operation operation) {
        if (paused || (position == answers.size() && endsTurn && moved)) {
            paused = true;
            throw new Paused();
        }
        if (position == answers.size()) {
            moved |= endsTurn;
            last = what;
            try {
                answers.add(operation.on(objects));
            } catch (StorageException | DamageException e) {
                answers.add(new Failed(e));
            }
        }
        return answers.get(position++);
    }

    private Object callSafely(String what, Operation operation) throws StorageException {
        try {
            return call(what, true, operation);
        } catch (DamageException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public ObjectWriter create(ObjectName name) {
        var content = new ByteArrayOutputStream();
        return new ObjectWriter() {
            @Override
            public void write(byte[] data, int offset, int length) {
                content.write(data, offset, length);
            }

            @Override
            public void sync() {}

            @Override
            public boolean publish() throws StorageException {
                return (Boolean) callSafely("create " + name, there -> {
                    try (var writer = there.create(name)) {
                        writer.write(content.toByteArray(), 0, content.size());
                        return writer.publish();
                    }
                });
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public byte[] read(ObjectName name, long offset, int length) throws StorageException, DamageException {
        return ((byte[]) call("read " + name, !settled.test(name), there -> there.read(name, offset, length))).clone();
    }

    @Override
    public byte[] readAll(ObjectName name, int maximumBytes) throws StorageException, DamageException {
        return ((byte[]) call("read " + name, !settled.test(name), there -> there.readAll(name, maximumBytes))).clone();
    }

    @Override
    public OptionalLong size(ObjectName name) throws StorageException {
        try {
            return (OptionalLong) call("size of " + name, !settled.test(name), there -> there.size(name));
        } catch (DamageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A list, and of what. */
    private record Listed(ObjectKind kind, List<ObjectName> names) {}

    @Override
    public List<ObjectName> list(ObjectKind kind) throws StorageException {
        var listed = (Listed) callSafely("list " + kind, there -> {
            if (stale.contains(kind)) {
                for (var answer : answers) {
                    if (answer instanceof Listed before && before.kind == kind) {
                        return before;
                    }
                }
            }
            return new Listed(kind, there.list(kind));
        });
        return new ArrayList<>(listed.names);
    }

    @Override
    public void confirm(ObjectName name) {}

    @Override
    public void delete(Collection<ObjectName> names) throws StorageException {
        // One by one: a collection may stop between any two.
        for (var name : names.stream().sorted().toList()) {
            callSafely("delete " + name, there -> {
                there.delete(List.of(name));
                return true;
            });
        }
    }

    @Override
    public Held hold(ObjectName name, byte[] content) throws StorageException {
        callSafely("hold " + name, there -> {
            there.hold(name, content);
            return true;
        });
        return () -> {
            try {
                callSafely("release " + name, there -> {
                    there.release(name);
                    return true;
                });
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public boolean isHeld(ObjectName name) throws StorageException {
        return (Boolean) callSafely("is held " + name, there -> there.isHeld(name));
    }

    @Override
    public void removeAbandoned(Clock clock) {}

    @Override
    public void close() {}

    /** Equal for equal answers. */
    public static String describe(List<Object> answers) {
        var text = new StringBuilder();
        for (var answer : answers) {
            switch (answer) {
                case byte[] bytes -> text.append(Arrays.hashCode(bytes));
                case Listed(var kind, var names) -> text.append(kind).append(names);
                case Failed(var cause) -> text.append(cause.getMessage());
                default -> text.append(answer);
            }
            text.append(';');
        }
        return text.toString();
    }
}
