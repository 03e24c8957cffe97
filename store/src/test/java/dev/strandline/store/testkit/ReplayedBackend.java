package dev.strandline.store.testkit;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.StorageException;
import dev.strandline.store.backend.Backend;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.backend.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A backend for somebody whose first calls were answered before: those are answered again, and the others made on objects of
 * his own. What he does between two calls depends on nothing but the answers, so doing it all again takes him to the same
 * point; that is checked. Safe for use by several threads.
 */
public final class ReplayedBackend implements Backend {
    private final List<Answered> before;
    private final MemoryObjects objects;
    private final Set<ObjectKind> stale;
    private final List<Made> made = new ArrayList<>(); // guarded by this
    private final Map<ObjectKind, Listed> lists = new ConcurrentHashMap<>();
    private int position; // guarded by this

    private interface Operation {
        Object on(MemoryObjects objects) throws StorageException, DamageException;
    }

    /** A call, to be made on any objects. */
    public record Call(String what, Operation operation) {
        /** Makes it. Answers are equal when they say the same. */
        public Answered on(MemoryObjects objects) {
            try {
                return new Answered(what, operation.on(objects));
            } catch (StorageException | DamageException e) {
                return new Answered(what, new Failed(e));
            }
        }
    }

    /** A call and its answer. */
    public record Answered(String what, Object answer) {}

    /** A call that changed nothing and says so. */
    private record Failed(Exception cause) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Failed(var that) && that.toString().equals(cause.toString());
        }

        @Override
        public int hashCode() {
            return cause.toString().hashCode();
        }
    }

    /** A call that was made, and its answer. */
    public record Made(Call call, Answered answered) {}

    /**
     * @param before the calls that were made before
     * @param objects for the others
     * @param stale kinds of objects of which the first list is given again, a fault to be found
     */
    public ReplayedBackend(List<Answered> before, MemoryObjects objects, Set<ObjectKind> stale) {
        this.before = List.copyOf(before);
        this.objects = objects;
        this.stale = stale;
    }

    /** The calls that were not made before. */
    public synchronized List<Made> made() {
        if (position < before.size()) {
            throw new IllegalStateException("not the same again: an end instead of " + before.get(position).what);
        }
        return List.copyOf(made);
    }

    private Object call(Call call) throws StorageException, DamageException {
        Object answer = answer(call);
        if (answer instanceof Failed(var cause)) {
            switch (cause) {
                case StorageException e -> throw e;
                case DamageException e -> throw e;
                default -> throw new IllegalStateException(cause);
            }
        }
        return answer;
    }

    private Object look(String what, ObjectName name, Operation operation) throws StorageException, DamageException {
        return call(new Call(what + " " + name, operation));
    }

    private Object change(String what, ObjectName name, Operation operation) throws StorageException {
        return callSafely(new Call(what + " " + name, operation));
    }

    private synchronized Object answer(Call call) {
        if (position == before.size()) {
            var answered = call.on(objects);
            made.add(new Made(call, answered));
            return answered.answer;
        }
        var answered = before.get(position++);
        if (!answered.what.equals(call.what)) {
            throw new IllegalStateException("not the same again: " + call.what + " instead of " + answered.what);
        }
        return answered.answer;
    }

    private Object callSafely(Call call) throws StorageException {
        try {
            return call(call);
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
                return (Boolean) change("create", name, there -> {
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
        return bytes(look(
                "read " + offset + " to " + (offset + length) + " of",
                name,
                there -> ByteBuffer.wrap(there.read(name, offset, length))));
    }

    @Override
    public byte[] readAll(ObjectName name, int maximumBytes) throws StorageException, DamageException {
        return bytes(look("read", name, there -> ByteBuffer.wrap(there.readAll(name, maximumBytes))));
    }

    private static byte[] bytes(Object answer) {
        var content = (ByteBuffer) answer;
        byte[] all = new byte[content.remaining()];
        content.get(0, all);
        return all;
    }

    @Override
    public OptionalLong size(ObjectName name) throws StorageException {
        try {
            return (OptionalLong) look("size of", name, there -> there.size(name));
        } catch (DamageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A list, and of what. */
    private record Listed(ObjectKind kind, List<ObjectName> names) {}

    @Override
    public List<ObjectName> list(ObjectKind kind) throws StorageException {
        var earlier = lists.get(kind);
        Operation operation =
                there -> earlier != null && stale.contains(kind) ? earlier : new Listed(kind, there.list(kind));
        var listed = (Listed) callSafely(new Call("list " + kind, operation));
        lists.putIfAbsent(kind, listed);
        return new ArrayList<>(listed.names);
    }

    @Override
    public void confirm(ObjectName name) {}

    @Override
    public void delete(Collection<ObjectName> names) throws StorageException {
        // One by one: a collection may stop between any two.
        for (var name : names.stream().sorted().toList()) {
            change("delete", name, there -> {
                there.delete(List.of(name));
                return true;
            });
        }
    }

    @Override
    public Held hold(ObjectName name, byte[] content) throws StorageException {
        change("hold", name, there -> {
            there.hold(name, content);
            return true;
        });
        return () -> {
            try {
                change("release", name, there -> {
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
        return (Boolean) callSafely(new Call("is held " + name, there -> there.isHeld(name)));
    }

    @Override
    public void removeAbandoned(Clock clock) {}

    @Override
    public void close() {}
}
