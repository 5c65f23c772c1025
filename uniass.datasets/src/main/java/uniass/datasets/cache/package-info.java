/** A bounded cache on disk that several processes share and that a kill cannot damage. */
package uniass.datasets.cache;
