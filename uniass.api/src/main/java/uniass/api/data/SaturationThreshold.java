/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.data;

/**
 * How much of a marked region must be found for it to count as found whole, as MVTec LOCO's authors
 * define it for their sPRO curve. A mask's value tells which region it is.
 *
 * @param category the product
 * @param defect name of the region's kind
 * @param maskValue value of the kind's pixels in its masks, 1 to 255
 * @param threshold pixels that saturate a region, or a share of its area if relative
 * @param relative whether the threshold is a share between 0 and 1
 */
public record SaturationThreshold(
    String category, String defect, int maskValue, double threshold, boolean relative) {}
