/// Who else comes into an incident, as rows: who is awaited, joint sessions, letters, and pictures
/// that are shown to a room.
@org.jspecify.annotations.NullMarked
package org.maplebridge.dispatch.jdbc.meeting;
