/**
 * Writing and reading packs. Start reading at {@link dev.strandline.store.pack.PackWriter}.
 */
@NullMarked
package dev.strandline.store.pack;

import org.jspecify.annotations.NullMarked;
