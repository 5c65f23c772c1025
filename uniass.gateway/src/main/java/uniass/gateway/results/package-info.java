/** The last results, what they were found in, and their delivery to sinks. */
package uniass.gateway.results;
