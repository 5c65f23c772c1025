/** The images service: batches decoded ahead, their cache on disk, and the check of a data set. */
package uniass.datasets.images;
