/**
 * The cache of decoded images: a bounded folder of files, named by hashes, that several processes
 * share and that a kill cannot damage.
 */
package uniass.datasets.cache;
