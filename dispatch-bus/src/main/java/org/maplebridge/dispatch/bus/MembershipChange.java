package org.maplebridge.dispatch.bus;

import org.maplebridge.dispatch.model.MemberId;

/// A node came or went. When one went, its entries in the registries are gone before this is told.
public sealed interface MembershipChange {
    MemberId member();

    record Joined(MemberId member) implements MembershipChange {}

    record Left(MemberId member) implements MembershipChange {}

    /// Two halves of the cluster found together again: everything has to be looked at anew.
    record Merged(MemberId member) implements MembershipChange {}
}
