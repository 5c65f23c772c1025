/** Tiny data sets of every layout, for tests here and in other modules. */
package uniass.datasets.miniature;
