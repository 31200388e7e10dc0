/**
 * What every call was told, what it answered and what it wanted, on disk. A lane writes its own journal
 * ({@link io.ringdown.engine.journal.LaneJournal}) into segments that another thread prepares
 * ({@link io.ringdown.engine.journal.Journal}); anybody reads it ({@link io.ringdown.engine.journal.LaneRun}), beside the
 * writer or after its death. The only package that touches files.
 */
package io.ringdown.engine.journal;
