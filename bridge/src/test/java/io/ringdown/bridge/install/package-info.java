/**
 * What is installed: the archive, its launcher, and the files in {@code docs/operations} that others run. Read
 * {@link io.ringdown.bridge.install.ArchiveIT} first.
 */
package io.ringdown.bridge.install;
