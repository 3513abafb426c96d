/// What going through an incident again needs: settings and wiring.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.boot.replay;
