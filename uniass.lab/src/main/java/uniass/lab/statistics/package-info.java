/**
 * Whether a difference is more than chance: tests from Commons Statistics; by hand only what it
 * lacks, the bootstrap over two crossed factors and Holm's correction, a few lines each.
 */
package uniass.lab.statistics;
