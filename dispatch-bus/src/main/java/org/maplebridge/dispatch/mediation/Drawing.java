package org.maplebridge.dispatch.mediation;

import java.util.ArrayList;
import java.util.List;

/// A drawn name as lines of points, and nothing that could run or be loaded: strokes part at `;`,
/// points at a blank, `x,y` within 1000 × 400. Who cannot draw types it instead, behind `=`; the
/// paper says so.
///
/// Pure.
///
/// @param strokes in the order in which they were drawn
/// @param typed empty for a drawn name
public record Drawing(List<List<Point>> strokes, String typed) {
    public static final int WIDTH = 1_000;
    public static final int HEIGHT = 400;
    public static final int MOST_CHARS = 16_000;

    /// A dot is no name.
    private static final int FEWEST_POINTS = 8;

    private static final int NARROWEST = 40;
    private static final char TYPED = '=';
    private static final int TYPED_CHARS = 20;

    public record Point(int x, int y) {}

    public Drawing {
        strokes = strokes.stream().map(List::copyOf).toList();
    }

    /// @return nothing drawn when the text is not of this form
    public static Drawing of(String text) {
        var nothing = new Drawing(List.of(), "");
        if (text.length() > MOST_CHARS) {
            return nothing;
        }
        if (!text.isEmpty() && text.charAt(0) == TYPED) {
            var name = text.substring(1).strip();
            boolean plain = name.codePoints().noneMatch(Character::isISOControl);
            return plain && name.length() <= TYPED_CHARS ? new Drawing(List.of(), name) : nothing;
        }
        var strokes = new ArrayList<List<Point>>();
        for (String stroke : text.split(";", -1)) {
            var points = new ArrayList<Point>();
            for (String point : stroke.strip().split(" ", -1)) {
                String[] numbers = point.split(",", -1);
                if (numbers.length != 2
                        || !isWithin(numbers[0], WIDTH)
                        || !isWithin(numbers[1], HEIGHT)) {
                    return nothing;
                }
                points.add(new Point(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
            }
            strokes.add(points);
        }
        return new Drawing(strokes, "");
    }

    private static boolean isWithin(String number, int most) {
        return !number.isEmpty()
                && number.length() <= 4
                && number.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(number) <= most;
    }

    /// Whether it may be a name.
    public boolean isName() {
        if (!typed.isEmpty()) {
            return true;
        }
        var all = strokes.stream().flatMap(List::stream).toList();
        if (all.size() < FEWEST_POINTS) {
            return false;
        }
        int left = all.stream().mapToInt(Point::x).min().orElse(0);
        int right = all.stream().mapToInt(Point::x).max().orElse(0);
        return right - left >= NARROWEST;
    }
}
