/** Inspection as Eclipse Kura has it: an inference engine, and a component that wires join. */
package uniass.kura;
