/**
 * Test support that the other modules share: trees with everything in them ({@link
 * dev.strandline.core.testkit.VarietyTree}), proof that two trees are the same ({@link
 * dev.strandline.core.testkit.TreeComparison}), and what tests need of the machine they run on.
 */
@NullMarked
package dev.strandline.core.testkit;

import org.jspecify.annotations.NullMarked;
