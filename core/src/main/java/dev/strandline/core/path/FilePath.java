package dev.strandline.core.path;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path as bytes, of any length. Repeated slashes, a slash at the end and {@code .} components are dropped when it is
 * made; {@code ..} stays until {@link #toAbsolute} resolves it by name. Ordered by components. Immutable.
 */
public final class FilePath implements Comparable<FilePath> {
    /** The root directory, {@code /}. */
    public static final FilePath ROOT = new FilePath(true, List.of());

    /** As many as Linux follows in one path. */
    private static final int MAX_LINKS = 40;

    private final boolean absolute;
    private final List<Component> components;

    /** {@code ..} is a component of a path on the command line, though never a {@link FileName}. */
    private record Component(byte[] bytes) {
        boolean isParent() {
            return bytes.length == 2 && bytes[0] == '.' && bytes[1] == '.';
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Component(byte[] those) && Arrays.equals(bytes, those);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private FilePath(boolean absolute, List<Component> components) {
        this.absolute = absolute;
        this.components = components;
    }

    /**
     * The path that these bytes spell.
     *
     * @throws IllegalArgumentException when they are empty or contain NUL
     */
    public static FilePath of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("the path is empty");
        }
        var components = new ArrayList<Component>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && bytes[i] == 0) {
                throw new IllegalArgumentException("the path '" + ByteText.display(bytes) + "' contains NUL");
            }
            if (i == bytes.length || bytes[i] == '/') {
                boolean current = i - start == 1 && bytes[start] == '.';
                if (i > start && !current) {
                    components.add(new Component(Arrays.copyOfRange(bytes, start, i)));
                }
                start = i + 1;
            }
        }
        return new FilePath(bytes[0] == '/', List.copyOf(components));
    }

    /** A path from text, see {@link ByteText#encode}. */
    public static FilePath of(String text) {
        return of(ByteText.encode(text));
    }

    public boolean isAbsolute() {
        return absolute;
    }

    public boolean hasNameLongerThan(int bytes) {
        for (var component : components) {
            if (component.bytes.length > bytes) {
                return true;
            }
        }
        return false;
    }

    /** How many components; 0 for the root directory. */
    public int depth() {
        return components.size();
    }

    /**
     * The components as names.
     *
     * @throws IllegalArgumentException when one of them is {@code ..} or too long
     */
    public List<FileName> names() {
        var names = new ArrayList<FileName>(components.size());
        for (var component : components) {
            names.add(FileName.of(component.bytes));
        }
        return List.copyOf(names);
    }

    /**
     * One of the components.
     *
     * @param depth how many come before it
     * @throws IllegalArgumentException when it is {@code ..} or too long
     */
    public FileName nameAt(int depth) {
        return FileName.of(components.get(depth).bytes);
    }

    /** This path below {@code workingDirectory} unless absolute, with each {@code ..} taken back by name. */
    public FilePath toAbsolute(FilePath workingDirectory) {
        var resolved = new ArrayList<Component>(absolute ? List.of() : workingDirectory.components);
        for (var component : components) {
            if (!component.isParent()) {
                resolved.add(component);
            } else if (!resolved.isEmpty()) {
                resolved.removeLast();
            }
        }
        return new FilePath(true, List.copyOf(resolved));
    }

    /** Whether some component is {@code ..}. */
    public boolean hasParents() {
        for (var component : components) {
            if (component.isParent()) {
                return true;
            }
        }
        return false;
    }

    /** Where symbolic links lead. */
    public interface Links {
        /** Empty for what is no link, or not there. */
        Optional<FilePath> target(FilePath path) throws IOException;
    }

    /**
     * The same, leading where the kernel goes: a {@code ..} behind a symbolic link takes back where that leads, not its name.
     * All other links keep their names. What is not there is taken back by name.
     */
    public FilePath toAbsolute(FilePath workingDirectory, Links links) throws IOException {
        var resolved = new ArrayList<Component>(absolute ? List.of() : workingDirectory.components);
        var waiting = new ArrayDeque<Component>(components);
        int followed = 0;
        while (!waiting.isEmpty()) {
            var component = waiting.removeFirst();
            if (!component.isParent()) {
                resolved.add(component);
                continue;
            }
            if (resolved.isEmpty()) {
                continue;
            }
            var target = links.target(new FilePath(true, List.copyOf(resolved)));
            resolved.removeLast();
            if (target.isPresent()) {
                if (++followed > MAX_LINKS) {
                    throw new IOException(display() + ": too many levels of symbolic links");
                }
                if (target.get().absolute) {
                    resolved.clear();
                }
                waiting.addFirst(component);
                target.get().components.reversed().forEach(waiting::addFirst);
            }
        }
        return new FilePath(true, List.copyOf(resolved));
    }

    /** The path of {@code name} in this directory. */
    public FilePath resolve(FileName name) {
        var extended = new ArrayList<Component>(components.size() + 1);
        extended.addAll(components);
        extended.add(new Component(name.toBytes()));
        return new FilePath(absolute, List.copyOf(extended));
    }

    /** The path of {@code below}, taken relative to this directory. */
    public FilePath resolve(FilePath below) {
        var extended = new ArrayList<Component>(components.size() + below.components.size());
        extended.addAll(components);
        extended.addAll(below.components);
        return new FilePath(absolute, List.copyOf(extended));
    }

    /** The directory that holds this; the root directory is its own parent. */
    public FilePath parent() {
        return components.isEmpty() ? this : new FilePath(absolute, components.subList(0, components.size() - 1));
    }

    /**
     * The last component.
     *
     * @throws IllegalStateException for the root directory
     */
    public FileName name() {
        if (components.isEmpty()) {
            throw new IllegalStateException("the root directory has no name");
        }
        return FileName.of(components.getLast().bytes);
    }

    /** Whether this is {@code ancestor} or lies below it. */
    public boolean startsWith(FilePath ancestor) {
        int depth = ancestor.components.size();
        if (absolute != ancestor.absolute || components.size() < depth) {
            return false;
        }
        // From the end: paths that are compared have their first names in common.
        for (int i = depth - 1; i >= 0; i--) {
            if (!components.get(i).equals(ancestor.components.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The paths in order, each once, without those below another. */
    public static List<FilePath> outermost(List<FilePath> paths) {
        var result = new ArrayList<FilePath>();
        for (var path : paths.stream().sorted().toList()) {
            if (result.isEmpty() || !path.startsWith(result.getLast())) {
                result.add(path);
            }
        }
        return result;
    }

    /** The components below {@code ancestor}, as a relative path of possibly no components. */
    public FilePath relativeTo(FilePath ancestor) {
        if (!startsWith(ancestor)) {
            throw new IllegalArgumentException(display() + " is not below " + ancestor.display());
        }
        return new FilePath(false, List.copyOf(components.subList(ancestor.components.size(), components.size())));
    }

    /** The bytes as the kernel takes them; {@code .} for a relative path of no components. */
    public byte[] toBytes() {
        if (components.isEmpty()) {
            return new byte[] {(byte) (absolute ? '/' : '.')};
        }
        int length = components.size() - (absolute ? 0 : 1);
        for (var component : components) {
            length += component.bytes.length;
        }
        byte[] path = new byte[length];
        int at = 0;
        for (int i = 0; i < components.size(); i++) {
            if (absolute || i > 0) {
                path[at++] = '/';
            }
            byte[] name = components.get(i).bytes;
            System.arraycopy(name, 0, path, at, name.length);
            at += name.length;
        }
        return path;
    }

    /** Safe to print on a terminal. */
    public String display() {
        return ByteText.display(toBytes());
    }

    @Override
    public int compareTo(FilePath other) {
        int common = Math.min(components.size(), other.components.size());
        for (int i = 0; i < common; i++) {
            int order = Arrays.compareUnsigned(components.get(i).bytes, other.components.get(i).bytes);
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(components.size(), other.components.size());
        return order != 0 ? order : Boolean.compare(absolute, other.absolute);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath path && absolute == path.absolute && components.equals(path.components);
    }

    @Override
    public int hashCode() {
        return 31 * components.hashCode() + Boolean.hashCode(absolute);
    }

    @Override
    public String toString() {
        return display();
    }
}
