/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import uniass.api.data.Pixels;

/**
 * An image of the data set for the contact sheet.
 *
 * @param category its category
 * @param kind {@code good}, or its kind of defect
 * @param pixels the image, of any size
 */
public record Sample(String category, String kind, Pixels pixels) {}
