package io.ringdown.engine.lane;

/** The two sides of a call. */
public record Legs(CarrierLeg carrier, ModelLeg model) {}
