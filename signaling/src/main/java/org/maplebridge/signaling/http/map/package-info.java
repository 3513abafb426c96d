/// What the map asks for over REST.
@NullMarked
package org.maplebridge.signaling.http.map;

import org.jspecify.annotations.NullMarked;
