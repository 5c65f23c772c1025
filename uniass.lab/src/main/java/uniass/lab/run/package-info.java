/** Runs studies: freezes them, runs their trials in turn, and publishes the service. */
package uniass.lab.run;
