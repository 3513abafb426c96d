package org.maplebridge.dispatch.mediation.exhibit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.maplebridge.dispatch.mediation.PersonId;

/// Something drawn over a picture, as points and nothing that could run or be loaded: `x,y` parted
/// by blanks, each in thousandths of the picture's width and height, so that it lies at the same
/// spot on a telephone and on a wall.
///
/// Pure.
///
/// @param by who drew it
public record Mark(PersonId by, Shape shape, List<Point> points) {
    /// Thousandths of a side.
    public static final int SIDE = 1_000;

    /// A page draws a long line with fewer.
    public static final int MOST_POINTS = 100;

    /// Of `1000,1000` and a blank each.
    public static final int MOST_CHARS = MOST_POINTS * 10;

    public enum Shape {
        /// Shows a spot.
        POINT(1, 1),
        /// From corner to corner.
        BOX(2, 2),
        /// As it was drawn.
        LINE(2, MOST_POINTS);

        private final int fewest;
        private final int most;

        Shape(int fewest, int most) {
            this.fewest = fewest;
            this.most = most;
        }
    }

    public record Point(int x, int y) {}

    public Mark {
        points = List.copyOf(points);
    }

    /// @return nothing when the text is not of this form, or has more or fewer points than the
    ///   shape
    public static Optional<Mark> of(PersonId by, Shape shape, String text) {
        if (text.length() > MOST_CHARS) {
            return Optional.empty();
        }
        var points = new ArrayList<Point>();
        for (String pair : text.split(" ", -1)) {
            String[] numbers = pair.split(",", -1);
            if (numbers.length != 2 || !isWithin(numbers[0]) || !isWithin(numbers[1])) {
                return Optional.empty();
            }
            points.add(new Point(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
        }
        boolean fits = points.size() >= shape.fewest && points.size() <= shape.most;
        return fits ? Optional.of(new Mark(by, shape, points)) : Optional.empty();
    }

    private static boolean isWithin(String number) {
        return !number.isEmpty()
                && number.length() <= 4
                && number.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(number) <= SIDE;
    }

    /// As it came.
    public String text() {
        return points.stream().map(p -> p.x() + "," + p.y()).collect(Collectors.joining(" "));
    }
}
