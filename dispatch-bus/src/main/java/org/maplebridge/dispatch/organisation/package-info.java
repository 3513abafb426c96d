/// Who belongs where and who may see, hear and command whom: pure decisions on one immutable value.
@NullMarked
package org.maplebridge.dispatch.organisation;

import org.jspecify.annotations.NullMarked;
