package org.maplebridge.dispatch.bus;

import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;

/// The node that decides who may speak in a conversation.
///
/// @param term grows whenever another node takes over; what an earlier one still says is void
public record Arbiter(CallId call, MemberId member, long term) {}
