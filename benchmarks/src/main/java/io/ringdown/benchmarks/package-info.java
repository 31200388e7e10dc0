/**
 * What a step costs, one class a question, settings as annotations. Single-threaded unless a class says otherwise. Run
 * {@code java -jar benchmarks/target/benchmarks.jar -prof gc}; read {@link io.ringdown.benchmarks.LaneTickBenchmark} first.
 */
package io.ringdown.benchmarks;
