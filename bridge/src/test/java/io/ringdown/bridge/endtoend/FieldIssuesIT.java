package io.ringdown.bridge.endtoend;

import io.ringdown.bridge.simulator.model.ModelScript;

/** What others get wrong, and Ringdown does not. */
class FieldIssuesIT extends FieldIssues {
    @Override
    Stage stage(ModelScript script) throws Exception {
        return Stage.ringdown(script);
    }
}
