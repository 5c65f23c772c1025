/** The layouts of public data sets on disk, one reader each. */
package uniass.datasets.readers;
