package dev.strandline.cli.configuration;

/**
 * Something in a configuration file that can't be meant.
 *
 * @param line counted from 1
 * @param reason what is wrong
 * @param hint what to do
 */
public record ConfigurationProblem(int line, String reason, String hint) {}
