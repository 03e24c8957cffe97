/** Tests of what a configuration file may say. */
@NullMarked
package dev.strandline.cli.configuration;

import org.jspecify.annotations.NullMarked;
