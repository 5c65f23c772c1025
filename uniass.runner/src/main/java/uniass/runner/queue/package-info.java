/**
 * Lets one run at a time use the device; the others wait, and every run can be followed and
 * stopped.
 */
package uniass.runner.queue;
