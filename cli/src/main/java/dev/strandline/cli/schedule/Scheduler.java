package dev.strandline.cli.schedule;

/** What starts snapshots on a host. */
public enum Scheduler {
    CRON("cron"),
    SYSTEMD("systemd");

    private final String text;

    Scheduler(String text) {
        this.text = text;
    }

    /** As people write it. */
    public String text() {
        return text;
    }
}
