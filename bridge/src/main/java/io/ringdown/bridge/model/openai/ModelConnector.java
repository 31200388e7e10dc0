package io.ringdown.bridge.model.openai;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

/**
 * How the legs of one lane reach the model.
 *
 * @param eventLoop the lane's own
 * @param channelType the socket that this event loop can drive
 */
public record ModelConnector(EventLoop eventLoop, Class<? extends Channel> channelType, ModelEndpoint endpoint) {}
