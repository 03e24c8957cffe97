package dev.strandline.cli.configuration;

import dev.strandline.core.capture.CaptureSource;

/** A source of the configuration: what to capture, what must hold for it, and what to run around it. */
public record ConfiguredSource(CaptureSource capture, Guards guards, Hooks hooks) {}
