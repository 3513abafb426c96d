package org.maplebridge.dispatch.incident;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;

/// Where an incident came from.
///
/// @param kind of matter, a word of the county's catalogue
/// @param text what was reported
/// @param reporter who outside reported it; personal, so it is never written into the journal
/// @param by whoever of the county reported it, and who therefore may not close it; absent when
///   somebody outside did
public record Origin(
        Source source,
        @Nullable String kind,
        String text,
        @Nullable Reporter reporter,
        @Nullable UserId by) {
    public static final int MAX_KIND_CHARS = 64;
    public static final int MAX_REPORTER_CHARS = 60;

    /// Through which door it came in.
    public enum Source {
        /// Written down by a seat.
        OPERATOR,
        /// A citizen's report by a code that was scanned.
        CITIZEN,
        /// A grid worker's terminal.
        GRID,
        /// The city's hot line.
        HOTLINE_12345,
        POLICE_110,
        PETITION,
        DEVICE,
        OTHER
    }

    /// A person outside, as far as they said who they are.
    public record Reporter(@Nullable String name, @Nullable String phone) {
        /// What seats beside those that have to call back may know: the first sign of the name, and
        /// the last four of the number.
        public Reporter masked() {
            return new Reporter(
                    name == null || name.isEmpty()
                            ? name
                            : new String(Character.toChars(name.codePointAt(0))) + "**",
                    phone == null ? null : maskedPhone(phone));
        }

        private static String maskedPhone(String phone) {
            int hidden = Math.max(0, phone.length() - 4);
            return phone.length() <= 4
                    ? "*".repeat(phone.length())
                    : "*".repeat(hidden) + phone.substring(hidden);
        }

        /// Not even by accident in a log.
        @Override
        public String toString() {
            return "Reporter[…]";
        }
    }

    /// How many of so many reports came after it was opened: the first one opened it, unless a seat
    /// did.
    public int added(int reports) {
        boolean bySeat = source == Source.OPERATOR || source == Source.GRID;
        return bySeat ? reports : Math.max(0, reports - 1);
    }

    public static Origin operator(UserId by) {
        return new Origin(Source.OPERATOR, null, "", null, by);
    }
}
