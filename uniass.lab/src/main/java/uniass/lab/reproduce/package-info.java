/** Trains models again from their own metadata, and compares. */
package uniass.lab.reproduce;
