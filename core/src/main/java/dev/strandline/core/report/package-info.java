/**
 * What a repository holds, where it comes from and where it goes. Computations over snapshot records and stored amounts
 * and, for who holds what, over all trees. Depends on {@code repository}, {@code snapshot}, {@code browse}, {@code tree},
 * {@code chunk} and {@code path}. Start reading at {@link dev.strandline.core.report.RepositoryReport}.
 */
@NullMarked
package dev.strandline.core.report;

import org.jspecify.annotations.NullMarked;
