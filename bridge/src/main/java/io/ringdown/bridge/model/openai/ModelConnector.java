package io.ringdown.bridge.model.openai;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

/** How the legs of one lane reach the model, and what they share there. Lane only, its construction apart. */
public final class ModelConnector {
    private final EventLoop eventLoop;
    private final Class<? extends Channel> channelType;
    private final ModelEndpoint endpoint;
    private final MessageReader reader = new MessageReader();

    /**
     * @param eventLoop the lane's own
     * @param channelType the socket that this event loop can drive
     */
    public ModelConnector(EventLoop eventLoop, Class<? extends Channel> channelType, ModelEndpoint endpoint) {
        this.eventLoop = eventLoop;
        this.channelType = channelType;
        this.endpoint = endpoint;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    ModelEndpoint endpoint() {
        return endpoint;
    }

    MessageReader reader() {
        return reader;
    }
}
