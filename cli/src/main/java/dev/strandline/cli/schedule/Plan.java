package dev.strandline.cli.schedule;

import dev.strandline.core.repository.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a scheduler must be given so that it runs snapshots.
 *
 * @param parts in the order in which they are written
 */
public record Plan(Scheduler scheduler, List<Part> parts) {
    public Plan {
        parts = List.copyOf(parts);
    }

    /** A text and where it goes. */
    public record Part(Place place, String text) {
        public State state() throws IOException, RefusedException {
            return place.read().map(this::state).orElse(State.ABSENT);
        }

        private State state(String found) {
            if (found.equals(text)) {
                return State.INTACT;
            }
            return Marker.isIn(found) ? State.DIFFERENT : State.FOREIGN;
        }

        /** The first line of what is there that is not as it should be. */
        public Optional<String> firstDifference() throws IOException, RefusedException {
            var wanted = text.lines().toList();
            var found = place.read().map(String::lines).map(Stream::toList).orElse(List.of());
            for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
                String is = i < found.size() ? found.get(i) : "(missing)";
                String should = i < wanted.size() ? wanted.get(i) : "(nothing)";
                if (!is.equals(should)) {
                    return Optional.of("line " + (i + 1) + " is: " + is + "; should be: " + should);
                }
            }
            return Optional.empty();
        }
    }

    /** How the text that is there compares with the one that should be. */
    public enum State {
        ABSENT("not there"),
        INTACT("installed"),
        DIFFERENT("installed, but different"),
        /** Somebody else wrote it. */
        FOREIGN("taken by something that 'strandline schedule install' did not write");

        private final String text;

        State(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
