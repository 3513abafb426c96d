package org.maplebridge.dispatch.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who owns what, as the county decided: one version of the list.
///
/// Pure.
///
/// @param version counts the imports; 0 is the empty list of a county that has none
public record OwnershipList(long version, List<OwnershipItem> items) {
    public static final OwnershipList NONE = new OwnershipList(0, List.of());

    /// A county's list has 456 lines; ten times as many are read within a request.
    public static final int MAX_ITEMS = 5_000;

    /// As much of a line's words has to be said, or of what is said to stand in the line.
    static final double ENOUGH = 0.34;

    private static final double SAME_KIND = 0.25;

    public OwnershipList {
        items = List.copyOf(items);
    }

    /// What another list would change, each by its line's number.
    ///
    /// @param added,changed lines of the other one
    /// @param removed lines that only this one has
    public record Difference(
            List<OwnershipItem> added, List<OwnershipItem> changed, List<OwnershipItem> removed) {}

    public Difference to(List<OwnershipItem> others) {
        var own = new HashMap<String, OwnershipItem>();
        items.forEach(item -> own.put(item.item(), item));
        var added = new ArrayList<OwnershipItem>();
        var changed = new ArrayList<OwnershipItem>();
        for (var other : others) {
            @Nullable OwnershipItem before = own.remove(other.item());
            if (before == null) {
                added.add(other);
            } else if (!before.equals(other)) {
                changed.add(other);
            }
        }
        return new Difference(
                added, changed, items.stream().filter(i -> own.containsKey(i.item())).toList());
    }

    private record Match(OwnershipItem item, double score) {}

    /// Whose matter this is, the best line first; nothing when the list does not say: the owner is
    /// unclear, and people have to talk about it.
    ///
    /// @param kind an id, or empty
    public List<OwnershipItem> suggest(String text, String kind, int most) {
        var said = TextLikeness.pairs(text);
        return items.stream()
                .map(item -> {
                    boolean sameKind = !kind.isEmpty() && kind.equals(item.kind());
                    var line = TextLikeness.pairs(item.text());
                    var words = TextLikeness.pairs(item.keywords());
                    double part = Math.max(share(said, line), share(said, words));
                    return new Match(item, part + (sameKind ? SAME_KIND : 0));
                })
                .filter(match -> match.score() >= ENOUGH)
                .sorted(
                        Comparator.comparingDouble(Match::score)
                                .reversed()
                                .thenComparing(match -> match.item().item()))
                .limit(most)
                .map(Match::item)
                .toList();
    }

    /// Of the shorter of the two, since a report has many words beside the matter's.
    private static double share(Set<String> said, Set<String> line) {
        int least = Math.min(said.size(), line.size());
        return least == 0 ? 0 : (double) TextLikeness.common(said, line) / least;
    }
}
