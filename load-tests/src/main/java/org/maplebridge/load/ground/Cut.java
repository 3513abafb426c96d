package org.maplebridge.load.ground;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which ways through a network are closed, each in one direction.
///
/// @param silenced addresses of which nothing gets through
/// @param deaf addresses that it does not get through to
/// @param both whether the other direction is closed as well
///
///   Pure.
public record Cut(Set<String> silenced, Set<String> deaf, boolean both) {
    static final String TABLE = "bridge cuts";

    public Cut {
        silenced = Set.copyOf(new TreeSet<>(silenced));
        deaf = Set.copyOf(new TreeSet<>(deaf));
    }

    /// Neither hears the other.
    public static Cut between(Collection<String> these, Collection<String> those) {
        return new Cut(Set.copyOf(these), Set.copyOf(those), true);
    }

    /// What `these` say is not heard by `those`; what `those` say is heard by `these`.
    public static Cut oneWay(Collection<String> these, Collection<String> those) {
        return new Cut(Set.copyOf(these), Set.copyOf(those), false);
    }

    /// As `nft` reads it: a packet of the yard is seen on its way through, in or out of the bridge.
    String rules() {
        var text = new StringBuilder("table " + TABLE + " {\n");
        for (var hook : List.of("forward", "input", "output")) {
            text.append("  chain ").append(hook).append(" {\n    type filter hook ").append(hook);
            text.append(" priority 0;\n    ").append(drop(silenced, deaf)).append('\n');
            if (both) {
                text.append("    ").append(drop(deaf, silenced)).append('\n');
            }
            text.append("  }\n");
        }
        return text.append("}\n").toString();
    }

    private static String drop(Set<String> from, Set<String> to) {
        return "ip saddr { %s } ip daddr { %s } drop".formatted(listed(from), listed(to));
    }

    private static String listed(Set<String> addresses) {
        return String.join(", ", new TreeSet<>(addresses));
    }
}
