/**
 * Strandline's vocabulary and engines. Depends on the JDK alone; knows nothing of packs, backends or terminals. Start
 * reading at {@code capture} and {@code restore}.
 */
@NullMarked
package dev.strandline.core;

import org.jspecify.annotations.NullMarked;
