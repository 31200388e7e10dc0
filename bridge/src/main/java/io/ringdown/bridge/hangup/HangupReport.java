package io.ringdown.bridge.hangup;

import java.util.List;
import java.util.Optional;

/**
 * What became of one hangup command, told when nothing more will be tried. Immutable.
 *
 * @param outcome empty when there is no API to ask
 * @param tries in order
 */
public record HangupReport(Optional<HangupOutcome> outcome, List<RestTry> tries) {}
