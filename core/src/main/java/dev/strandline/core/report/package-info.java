/**
 * What deduplication saves. Pure computations over snapshot records and stored amounts. Depends on {@code snapshot} and
 * {@code repository}'s values.
 */
@NullMarked
package dev.strandline.core.report;

import org.jspecify.annotations.NullMarked;
