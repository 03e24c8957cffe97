package dev.strandline.cli.doctor;

/**
 * What a check found.
 *
 * @param check its name
 * @param fix what to do; empty where nothing has to be done
 */
public record Finding(String check, State state, String found, String fix) {
    /** How bad it is. */
    public enum State {
        OK("ok"),
        /** Runs work all the same, or it is not known that they don't. */
        WARNING("warning"),
        /** Nothing is saved, or soon will not be. */
        FAILURE("failure");

        private final String text;

        State(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    static Finding ok(String check, String found) {
        return new Finding(check, State.OK, found, "");
    }

    static Finding warning(String check, String found, String fix) {
        return new Finding(check, State.WARNING, found, fix);
    }

    static Finding failure(String check, String found, String fix) {
        return new Finding(check, State.FAILURE, found, fix);
    }

    /** Something else must be mended first. */
    static Finding notChecked(String check, String reason) {
        return warning(check, "not checked: " + reason, "");
    }
}
