/**
 * Keys and ciphers: the master key and what is derived from it, key slots, authenticated encryption. Algorithms come\n * from the JDK and, for Argon2id, from Bouncy Castle. Start reading at {@link dev.strandline.store.crypto.MasterKey}.
 */
@NullMarked
package dev.strandline.store.crypto;

import org.jspecify.annotations.NullMarked;
