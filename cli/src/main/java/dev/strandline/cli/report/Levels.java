package dev.strandline.cli.report;

/** How dark a cell is. */
final class Levels {
    private static final int HIGHEST = 4;

    private Levels() {}

    /** 0 for nothing, then 1 to {@value #HIGHEST} by the square root, so that the few are still told from none. */
    static int of(long value, long most) {
        return value <= 0 ? 0 : Math.clamp((int) Math.ceil(HIGHEST * Math.sqrt((double) value / most)), 1, HIGHEST);
    }
}
