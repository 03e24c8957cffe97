/**
 * What a host's configuration file says, checked: {@link dev.strandline.cli.configuration.Configuration} is the result,
 * {@link dev.strandline.cli.configuration.ConfigurationFile} finds and reads it.
 */
@NullMarked
package dev.strandline.cli.configuration;

import org.jspecify.annotations.NullMarked;
