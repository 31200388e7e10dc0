/**
 * How sockets and lanes share a thread. Each lane's thread ({@code lane-0}, {@code lane-1}, ...) reads its own sockets,
 * turns its lane and parks in the selector; one more thread, the acceptor's, listens and hands every new connection to a
 * lane for good. TLS, where it is used, runs on the lane ({@code Tls} says what of it does not). Read {@code LaneThread}
 * first, then {@code LaneSockets} for what can go wrong while parking.
 */
package io.ringdown.bridge.net;
