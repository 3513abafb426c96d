package org.maplebridge.dispatch.intake;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;

/// One line of the ownership list: a kind of matter, and whose it is.
///
/// @param item number in the list, as it is quoted
/// @param text what the matter is, as it is quoted
/// @param keywords more words by which it is found; may be empty
/// @param kind an id; empty when the line is of no one kind
/// @param owner the department
/// @param node the room that handles it, where the organisation has one
public record OwnershipItem(
        String item,
        String text,
        String keywords,
        String kind,
        String owner,
        @Nullable NodeId node) {}
