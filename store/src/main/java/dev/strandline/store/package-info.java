/**
 * How bytes live: backends, formats, encryption, packs and the index. Implements the ports of
 * {@code dev.strandline.core.repository}. Start reading at {@code repository}, the front door.
 */
@NullMarked
package dev.strandline.store;

import org.jspecify.annotations.NullMarked;
