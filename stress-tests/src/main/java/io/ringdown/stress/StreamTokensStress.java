package io.ringdown.stress;

import io.ringdown.bridge.carrier.twilio.StreamTokens;
import io.ringdown.bridge.carrier.twilio.StreamTokens.Redemption;
import io.ringdown.stress.broken.LookThenAddTokens;
import java.util.function.Function;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A stream token lets one stream in, also when two lanes are shown it at once. */
@JCStressTest
@Outcome(id = "ACCEPTED, REPLAYED", expect = Expect.ACCEPTABLE, desc = "the first lane's stream is in")
@Outcome(id = "REPLAYED, ACCEPTED", expect = Expect.ACCEPTABLE, desc = "the second lane's stream is in")
@Outcome(expect = Expect.FORBIDDEN, desc = "two streams by one token, or none")
@State
public class StreamTokensStress {
    private static final String CALL_SID = "CA1";
    private static final long EPOCH_MS = 1_000_000;
    private static final String TOKEN = new StreamTokens("secret").mint(CALL_SID, EPOCH_MS);

    private final Function<String, Redemption> tokens = Subject.of(StreamTokensStress::ours, LookThenAddTokens::new);

    private static Function<String, Redemption> ours() {
        StreamTokens tokens = new StreamTokens("secret");
        return token -> tokens.redeem(token, CALL_SID, EPOCH_MS);
    }

    @Actor
    public void firstLane(LL_Result r) {
        r.r1 = tokens.apply(TOKEN);
    }

    @Actor
    public void secondLane(LL_Result r) {
        r.r2 = tokens.apply(TOKEN);
    }
}
