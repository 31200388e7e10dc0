/** What the server tells Prometheus after known calls, and whether the dashboard, the alerts and the page about it speak of the same. */
package io.ringdown.bridge.metrics;
