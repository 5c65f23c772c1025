/**
 * The layouts of public data sets on disk and of images of one's own, one reader each.
 *
 * <p>{@code DatasetFolder} keeps readers inside the root and decides which files are images, {@code
 * StemMatch} finds masks by names, {@code JsonEntry} and {@code Csv} read lists, {@code
 * DatasetBuilder} gathers what is found.
 */
package uniass.datasets.readers;
