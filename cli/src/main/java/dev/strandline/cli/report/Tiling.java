package dev.strandline.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Cuts a rectangle into tiles of given areas that are as square as can be: Bruls, Huizing, van Wijk, "Squarified Treemaps". */
final class Tiling {
    private final List<Tile> tiles = new ArrayList<>();
    private double x;
    private double y;
    private double width;
    private double height;

    record Tile(double x, double y, double width, double height) {
        double area() {
            return width * height;
        }
    }

    private Tiling(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /**
     * The tiles of a rectangle, in the order of their sizes.
     *
     * @param sizes positive, the largest first
     */
    static List<Tile> of(double width, double height, List<Long> sizes) {
        double sum = sizes.stream().mapToLong(Long::longValue).sum();
        var areas = sizes.stream().map(size -> size / sum * width * height).toList();
        var tiling = new Tiling(width, height);
        int start = 0;
        while (start < areas.size()) {
            int end = start + 1;
            while (end < areas.size()
                    && tiling.worst(areas.subList(start, end + 1)) <= tiling.worst(areas.subList(start, end))) {
                end++;
            }
            tiling.place(areas.subList(start, end));
            start = end;
        }
        return tiling.tiles;
    }

    /** How far from square the worst tile of a row along the shorter side is. */
    private double worst(List<Double> row) {
        double side = Math.min(width, height);
        double sum = row.stream().mapToDouble(Double::doubleValue).sum();
        double thickness = sum / side;
        return row.stream()
                .mapToDouble(area -> {
                    double length = area / thickness;
                    return Math.max(length / thickness, thickness / length);
                })
                .max()
                .orElse(0);
    }

    private void place(List<Double> row) {
        double sum = row.stream().mapToDouble(Double::doubleValue).sum();
        boolean isUpright = width >= height;
        double thickness = sum / (isUpright ? height : width);
        double position = 0;
        for (double area : row) {
            double length = area / thickness;
            tiles.add(
                    isUpright
                            ? new Tile(x, y + position, thickness, length)
                            : new Tile(x + position, y, length, thickness));
            position += length;
        }
        if (isUpright) {
            x += thickness;
            width -= thickness;
        } else {
            y += thickness;
            height -= thickness;
        }
    }
}
