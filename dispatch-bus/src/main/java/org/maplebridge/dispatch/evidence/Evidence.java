package org.maplebridge.dispatch.evidence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A picture or a video: announced, and arrived once all of it is there and proved.
///
/// @param holder address of the node that keeps the file; absent where all nodes share them
/// @param begunAt when it was announced
/// @param arrival absent as long as it is on its way
public record Evidence(
        EvidenceId id,
        About about,
        Sender sender,
        Claim claim,
        @Nullable String holder,
        Instant begunAt,
        @Nullable Arrival arrival) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// What it shows something of; at least one is there.
    public record About(
            @Nullable IncidentId incident, @Nullable OrderId order, @Nullable ReportId report) {
        public About {
            if (incident == null && order == null) {
                throw new IllegalArgumentException("evidence of nothing");
            }
        }
    }

    /// @param user absent for a citizen, who is known by the report alone
    /// @param payer whose share of what is unfinished it counts to: a user or an address
    public record Sender(@Nullable UserId user, @Nullable UnitId unit, String payer) {}

    /// What was found when all of it was there.
    ///
    /// @param said where the picture itself says it was taken: by whoever made it, proved by nobody
    public record Arrival(Instant at, @Nullable PictureSize size, @Nullable GeoPoint said) {}

    /// In pixels.
    public record PictureSize(int width, int height) {}

    public boolean hasArrived() {
        return arrival != null;
    }

    /// One sender sends the same bytes about the same thing once.
    public String source() {
        @Nullable UserId user = sender.user();
        String about =
                this.about.report() != null
                        ? "report/" + this.about.report()
                        : this.about.order() != null
                                ? "order/" + this.about.order()
                                : "incident/" + this.about.incident();
        return user == null ? about : about + "/" + user;
    }

    /// Where the file lies once it has arrived, as the record and all nodes call it. No word of it
    /// was chosen by who sent it.
    public String file() {
        return DAY.format(begunAt) + "/" + id + "." + claim.type().suffix();
    }

    public Evidence heldBy(@Nullable String node) {
        return new Evidence(id, about, sender, claim, node, begunAt, arrival);
    }

    public Evidence arrived(Arrival how) {
        return new Evidence(id, about, sender, claim, holder, begunAt, how);
    }
}
