/** JMH benchmarks. Sees every module; nothing may depend on it. */
@NullMarked
package dev.strandline.benchmarks;

import org.jspecify.annotations.NullMarked;
