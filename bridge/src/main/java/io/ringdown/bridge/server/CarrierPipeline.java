package io.ringdown.bridge.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.ringdown.bridge.admission.Admission;
import io.ringdown.bridge.carrier.twilio.CarrierEntry;
import io.ringdown.bridge.carrier.twilio.StreamUpgrade;
import io.ringdown.bridge.carrier.twilio.Webhooks;
import io.ringdown.bridge.net.HttpPipeline;
import io.ringdown.bridge.net.TlsEntry;
import java.util.Optional;

/** What every connection of the carrier on one lane begins with. Lane only. */
@Sharable
final class CarrierPipeline extends ChannelInitializer<Channel> {
    /** Bodies of webhooks are a few hundred bytes. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final Optional<TlsEntry> tls;
    private final Webhooks webhooks;
    private final Admission admission;
    private final StreamUpgrade.CallOpener opener;

    /** @param opener the lane's */
    CarrierPipeline(Optional<TlsEntry> tls, Webhooks webhooks, Admission admission, StreamUpgrade.CallOpener opener) {
        this.tls = tls;
        this.webhooks = webhooks;
        this.admission = admission;
        this.opener = opener;
    }

    @Override
    protected void initChannel(Channel channel) {
        tls.ifPresent(entry -> entry.install(channel));
        HttpPipeline.install(channel.pipeline(), MAX_BODY_BYTES);
        channel.pipeline().addLast(new CarrierEntry(webhooks, new StreamUpgrade(admission, opener)));
    }
}
