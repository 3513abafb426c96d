/// Others in an incident, over REST: agencies, letters.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.http.meeting;
