/**
 * Whether everything is in place for runs that nobody watches: each check tells what it found and how to mend it. Depends on
 * schedule, configuration, environment and options. Start reading at {@link dev.strandline.cli.doctor.Doctor}.
 */
@NullMarked
package dev.strandline.cli.doctor;

import org.jspecify.annotations.NullMarked;
