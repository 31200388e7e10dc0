package io.ringdown.engine.lane;

/** The two legs of a call, each closed once, however often that is asked for. Lane only. */
final class CallLegs {
    final CarrierLeg carrier;
    final ModelLeg model;
    private boolean modelClosed;
    private boolean carrierClosed;

    CallLegs(Legs both) {
        carrier = both.carrier();
        model = both.model();
    }

    void closeModel() {
        if (!modelClosed) {
            modelClosed = true;
            model.close();
        }
    }

    void closeCarrier() {
        if (!carrierClosed) {
            carrierClosed = true;
            carrier.close();
        }
    }

    void resumeReading() {
        carrier.resumeReading();
        model.resumeReading();
    }
}
