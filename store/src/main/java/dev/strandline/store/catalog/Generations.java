package dev.strandline.store.catalog;

import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.Generation;
import dev.strandline.store.format.NameList;
import dev.strandline.store.format.ObjectType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The generations of garbage collection. Each is published once, under the number after the newest, by whoever creates that
 * object; so they come into force one after another, and who made up his mind before another one did is refused. Safe for
 * use by several threads.
 */
public final class Generations {
    private final SmallObjects objects;

    /**
     * What generations there are.
     *
     * @param newest the newest one's number; 0 when there has been none
     * @param pending those that are in force and not over, oldest first
     */
    public record Outlook(long newest, List<Long> pending) {}

    public Generations(SmallObjects objects) {
        this.objects = objects;
    }

    /** The newest one's number; 0 when there has been none. */
    public long newest() throws RepositoryException {
        var numbers = numbers(ObjectKind.GENERATION);
        return numbers.isEmpty() ? 0 : numbers.last();
    }

    /** The newest one's number and those that are pending, seen at the same time. */
    public Outlook outlook() throws RepositoryException {
        var numbers = numbers(ObjectKind.GENERATION);
        if (numbers.isEmpty()) {
            return new Outlook(0, List.of());
        }
        var pending = new ArrayList<>(numbers);
        pending.removeAll(numbers(ObjectKind.SETTLED));
        return new Outlook(numbers.last(), pending);
    }

    private SortedSet<Long> numbers(ObjectKind kind) throws RepositoryException {
        var numbers = new TreeSet<Long>();
        for (var name : objects.backend().list(kind)) {
            name.number().ifPresent(numbers::add);
        }
        return numbers;
    }

    public Generation read(long number) throws RepositoryException {
        return number == 0 ? Generation.NONE : objects.read(name(number), ObjectType.GENERATION, Generation::decode);
    }

    /** Packs that somebody is about to delete. */
    public Set<ObjectName> condemned(Outlook outlook) throws RepositoryException {
        var condemned = new HashSet<ObjectName>();
        for (long number : outlook.pending) {
            try {
                condemned.addAll(read(number).condemned());
            } catch (DamageException damage) {
                // It may have been over and removed since.
                if (objects.backend().size(name(number)).isPresent()) {
                    throw damage;
                }
            }
        }
        return condemned;
    }

    /**
     * Brings a generation into force.
     *
     * @return false when there is one of this number already
     */
    public boolean publish(long number, Generation generation) throws RepositoryException {
        return objects.publish(name(number), ObjectType.GENERATION, generation.encode());
    }

    /**
     * Notes that a generation is over: what it condemned is gone, but for what was reprieved. Older ones are removed; the
     * newest stays, because its number counts and its bundles are in force.
     */
    public void settle(long number, Set<ObjectName> reprieved) throws RepositoryException {
        objects.publish(
                ObjectName.numbered(ObjectKind.SETTLED, number), ObjectType.SETTLED, NameList.encode(reprieved));
        long newest = newest();
        var settled = numbers(ObjectKind.SETTLED);
        var old = new ArrayList<ObjectName>();
        for (long each : numbers(ObjectKind.GENERATION)) {
            if (each < newest && settled.contains(each)) {
                old.add(name(each));
            }
        }
        objects.backend().delete(old);
        // Only now: a generation without this note would be pending again.
        var notes = new ArrayList<ObjectName>();
        var remaining = numbers(ObjectKind.GENERATION);
        for (long each : settled) {
            if (!remaining.contains(each)) {
                notes.add(ObjectName.numbered(ObjectKind.SETTLED, each));
            }
        }
        objects.backend().delete(notes);
    }

    private static ObjectName name(long number) {
        return ObjectName.numbered(ObjectKind.GENERATION, number);
    }
}
