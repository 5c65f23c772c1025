/** Runs: one at a time uses the device, the others wait; each can be followed and stopped. */
package uniass.runner.queue;
